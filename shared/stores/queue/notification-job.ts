/** A message of whose members some may have to be notified: those behind `after`, in the order of their ids. */
export type NotificationJob = {
  readonly conversationId: string;
  readonly seq: number;
  readonly after?: string;
};
