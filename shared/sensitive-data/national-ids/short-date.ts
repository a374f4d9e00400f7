import { isCalendarDate } from '../calendar-date.ts';

/** Whether a year of two digits, a month and a day are a day of the last century or this one. */
export const isShortDate = (year: string, month: number, day: number): boolean =>
  [1900, 2000].some((century) => isCalendarDate(century + Number(year), month, day));
