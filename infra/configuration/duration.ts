import * as z from 'zod';

const secondsPerUnit: Readonly<Record<string, number>> = { d: 86_400, h: 3_600, m: 60, s: 1 };

/** A century: more than that overflows what DynamoDB and S3 take as a date, and nobody means it. */
const longestSeconds = 36_500 * 86_400;

const allowed =
  'allowed: a positive whole number of days, hours, minutes or seconds, such as "30d", "12h", "90m" or "45s"';

/** Undefined for what is not a duration. */
function toSeconds(text: string): number | undefined {
  const parts = /^(?<amount>\d+)(?<unit>[dhms])$/.exec(text)?.groups;
  const unit = secondsPerUnit[parts?.['unit'] ?? ''];
  if (unit === undefined) return undefined;
  const seconds = Number(parts?.['amount']) * unit;
  return seconds > 0 ? seconds : undefined;
}

/** `"30d"`, `"12h"`, `"90m"` or `"45s"` as a number of seconds. */
export const durationSeconds = z.string({ error: allowed }).transform((text, context) => {
  const seconds = toSeconds(text);
  if (seconds === undefined) {
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  }
  if (seconds > longestSeconds) {
    context.addIssue({ code: 'custom', message: 'allowed: at most "36500d"' });
    return z.NEVER;
  }
  return seconds;
});
