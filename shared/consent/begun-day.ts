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

/** From its parts: how a locale writes a date depends on the locales that the runtime was built with. */
function isoDay(timeZone: string, now: Date): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const part = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${part.get('year')}-${part.get('month')}-${part.get('day')}`;
}
