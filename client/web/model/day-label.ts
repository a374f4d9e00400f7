const midnight = (instant: number) => new Date(instant).setHours(0, 0, 0, 0);

/** The heading over a day's messages: `Today`, `Yesterday`, or the date in the reader's own form. */
export function dayLabel(sentAt: number, now: number, locale?: string): string {
  const days = Math.round((midnight(now) - midnight(sentAt)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const otherYear = new Date(sentAt).getFullYear() !== new Date(now).getFullYear();
  return new Intl.DateTimeFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(otherYear && { year: 'numeric' }),
  }).format(sentAt);
}

export const timeOfDay = (sentAt: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(sentAt);
