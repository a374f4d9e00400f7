/** To make one takes a hundred times as long as to use it. */
const formats = new Map<string, Intl.DateTimeFormat>();
function format(instant: number, form: Intl.DateTimeFormatOptions, locale?: string): string {
  const key = JSON.stringify([locale, form]);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale, form);
  formats.set(key, known);
  return known.format(instant);
}

const midnight = (instant: number) => new Date(instant).setHours(0, 0, 0, 0);

/** The heading over a day's messages: `Today`, `Yesterday`, or the date in the reader's own form. */
export function dayLabel(sentAt: number, now: number, locale?: string): string {
  const days = Math.round((midnight(now) - midnight(sentAt)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const otherYear = new Date(sentAt).getFullYear() !== new Date(now).getFullYear();
  const year = otherYear ? { year: 'numeric' as const } : {};
  return format(sentAt, { weekday: 'long', day: 'numeric', month: 'long', ...year }, locale);
}

/** In a list, where there is little room: the time of today, the day of this week, or the date. */
export function listTime(sentAt: number, now: number, locale?: string): string {
  const days = Math.round((midnight(now) - midnight(sentAt)) / 86_400_000);
  if (days === 0) return timeOfDay(sentAt, locale);
  if (days === 1) return 'Yesterday';
  const form: Intl.DateTimeFormatOptions =
    days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  return format(sentAt, form, locale);
}

/** An instant in full, for whoever wants to know exactly. */
export const fullTime = (instant: number, locale?: string): string =>
  format(instant, { dateStyle: 'full', timeStyle: 'short' }, locale);

export const timeOfDay = (sentAt: number, locale?: string): string =>
  format(sentAt, { hour: '2-digit', minute: '2-digit' }, locale);
