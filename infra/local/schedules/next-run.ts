import { StartupError } from '../process/startup-error.ts';

/** The next instant after `afterMs` at which a schedule is due. */
export type NextRun = (afterMs: number) => number;

const unitMs: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Reads `rate(1 minute)` as EventBridge does. The template has no `cron(…)`. */
export function nextRun(expression: string): NextRun {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (rate !== null) {
    const every = Number(rate[1]) * (unitMs[rate[2] ?? ''] ?? 0);
    if (every > 0) return (afterMs) => afterMs + every;
  }
  throw new StartupError(
    `template: schedule ${expression} is not served here: use rate(N minutes|hours|days)`,
  );
}
