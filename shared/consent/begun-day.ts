import { isJurisdiction } from './jurisdiction-code.ts';

/** Where every day begins last. */
const lastZone = 'Etc/GMT+12';

/**
 * The latest day, as an ISO date, that has begun in the whole of a jurisdiction and by UTC, in which dates are counted
 * everywhere else here: a birthday has not come before.
 */
export function begunDay(jurisdiction: string, now: Date): string {
  const days = ['UTC', ...timeZonesOf(jurisdiction)].map((timeZone) => isoDay(timeZone, now));
  return days.sort()[0] ?? '';
}

/** All of the country's, also for a part of it: which are its own nobody has listed. */
function timeZonesOf(jurisdiction: string): readonly string[] {
  if (!isJurisdiction(jurisdiction)) return [lastZone];
  const zones = new Intl.Locale(`und-${jurisdiction.slice(0, 2)}`).getTimeZones() ?? [];
  return zones.length > 0 ? zones : [lastZone];
}

/** Sweden writes a date as ISO 8601 does. */
function isoDay(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(now);
}
