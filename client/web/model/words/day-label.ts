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

/** In a list, where there is little room: the time of today, the day of this week, or the date. */
export function listTime(sentAt: number, now: number, locale?: string): string {
  const days = Math.round((midnight(now) - midnight(sentAt)) / 86_400_000);
  if (days === 0) return timeOfDay(sentAt, locale);
  if (days === 1) return 'Yesterday';
  const form: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(locale, form).format(sentAt);
}

/** An instant in full, for whoever wants to know exactly. */
export const fullTime = (instant: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(instant);

export const timeOfDay = (sentAt: number, locale?: string): string =>
  new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(sentAt);
