/** How much of a message a notification may show. */
export const shownInNotifications = ['nothing', 'sender', 'text'] as const;

export type ShownInNotifications = (typeof shownInNotifications)[number];

/** Devices of one person that are notified: the oldest makes room. */
export const mostPushDevices = 10;
