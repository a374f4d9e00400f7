type Field = (value: number) => boolean;

export type CronFields = {
  readonly minute: Field;
  readonly hour: Field;
  readonly dayOfMonth: Field;
  readonly month: Field;
  /** Sunday is 1. */
  readonly dayOfWeek: Field;
};

const names = (list: string): Readonly<Record<string, number>> =>
  Object.fromEntries(list.split(' ').map((name, index) => [name, index + 1]));

const months = names('JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC');
const days = names('SUN MON TUE WED THU FRI SAT');

const parseField = (
  text: string,
  least: number,
  most: number,
  known: Readonly<Record<string, number>> = {},
): Field | undefined => {
  const numberOf = (part: string): number =>
    known[part.toUpperCase()] ?? (/^\d+$/.test(part) ? Number(part) : Number.NaN);
  const matchers = text.split(',').map((item): Field | undefined => {
    const [range = '', step = '1'] = item.split('/');
    const [from = '', to] = range === '*' || range === '?' ? [String(least), String(most)] : range.split('-');
    const first = numberOf(from);
    const last = to === undefined ? (item.includes('/') ? most : first) : numberOf(to);
    const every = numberOf(step);
    if (!(first >= least && last <= most && first <= last && every >= 1)) return undefined;
    return (value) => value >= first && value <= last && (value - first) % every === 0;
  });
  if (matchers.includes(undefined)) return undefined;
  return (value) => matchers.some((matches) => matches?.(value));
};

/** The six fields of an EventBridge cron without its L, W and # forms; undefined for what it cannot read. */
export function parseCron(text: string): CronFields | undefined {
  const [minutes = '', hours = '', monthDays = '', monthNames = '', weekDays = '', year, ...rest] = text
    .trim()
    .split(/\s+/);
  if (year !== '*' || rest.length > 0 || (monthDays === '?') === (weekDays === '?')) return undefined;
  const minute = parseField(minutes, 0, 59);
  const hour = parseField(hours, 0, 23);
  const dayOfMonth = parseField(monthDays, 1, 31);
  const month = parseField(monthNames, 1, 12, months);
  const dayOfWeek = parseField(weekDays, 1, 7, days);
  return minute && hour && dayOfMonth && month && dayOfWeek
    ? { minute, hour, dayOfMonth, month, dayOfWeek }
    : undefined;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** No date that exists is further away than the next 29 February. */
const horizonMs = 9 * 366 * dayMs;

export function nextCronRun(fields: CronFields, afterMs: number): number {
  const end = afterMs + horizonMs;
  let at = (Math.floor(afterMs / minuteMs) + 1) * minuteMs;
  while (at < end) {
    const date = new Date(at);
    const day =
      fields.dayOfMonth(date.getUTCDate()) &&
      fields.month(date.getUTCMonth() + 1) &&
      fields.dayOfWeek(date.getUTCDay() + 1);
    if (!day) at = (Math.floor(at / dayMs) + 1) * dayMs;
    else if (fields.hour(date.getUTCHours()) && fields.minute(date.getUTCMinutes())) return at;
    else at += minuteMs;
  }
  return Number.POSITIVE_INFINITY;
}
