import { type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../../time.ts';

/** From that instant until the next period begins, what was sent is kept for so long. */
export type RetentionPeriod = { readonly from: EpochSeconds; readonly retentionSeconds: number };

/**
 * How long one kind of data is kept, now and earlier. It is remembered, since an end that has passed is an end for good:
 * what a shorter period has ended no longer one brings back.
 */
export type Retention = {
  /** Earliest first; the last one may lie ahead. */
  readonly periods: readonly [RetentionPeriod, ...RetentionPeriod[]];
  /** What was sent before had ended when the first of the periods began. */
  readonly endedBefore: EpochMillis;
};

/** What is known for sure at this instant, and at no later one. */
export type RetentionAt = Retention & { readonly now: EpochMillis };

/** Asked for each decision, and not kept for the next. */
export type AskRetention = () => Promise<RetentionAt>;

/** Of those that are over some are kept one by one, so that an end can be told to the second. */
const remembered = 8;

export function unchangedRetention(retentionSeconds: number): Retention {
  return { periods: [{ from: epochSeconds(0), retentionSeconds }], endedBefore: epochMillis(0) };
}

/** The instant at which what was sent then ends or has ended, whatever its stamp says. Once it has passed it stays the same. */
export function retentionEnd(sentAt: EpochMillis, { periods, endedBefore }: Retention): EpochSeconds {
  if (sentAt < endedBefore) return periods[0].from;
  const ends = periods.map(({ from, retentionSeconds }, index) => {
    const end = Math.max(from, epochSeconds(sentAt) + retentionSeconds) as EpochSeconds;
    return end < endOf(periods, index) ? end : undefined;
  });
  // The last period has no end, so that one of them is there.
  return ends.find((end) => end !== undefined) as EpochSeconds;
}

/** What was sent before has ended by that instant. Never falls. */
export function endedBefore({ periods, ...retention }: Retention, at: EpochMillis): EpochMillis {
  const by = epochSeconds(at);
  const bounds = periods
    .filter(({ from }) => from <= by)
    .map(
      ({ retentionSeconds }, index) => (Math.min(by + 1, endOf(periods, index)) - retentionSeconds) * 1000,
    );
  return epochMillis(Math.max(0, ...(periods[0].from <= by ? [retention.endedBefore] : []), ...bounds));
}

/** While one deployment takes over from another, functions of both stamp what they store. */
const takeoverSeconds = 3_600;

/** What has ended by that instant began before: by its stamp, of whichever of the periods that is, or by a shorter one since. */
export function begunBefore({ periods, endedBefore }: Retention, at: EpochMillis): EpochMillis {
  const by = epochSeconds(at) + 1;
  const bounds = periods.map(({ retentionSeconds }, index) =>
    Math.min(by - retentionSeconds, endOf(periods, index) + takeoverSeconds),
  );
  return epochMillis(Math.max(0, endedBefore, ...bounds.map((bound) => bound * 1000)));
}

/** What is in force then. */
export function retentionSecondsAt({ periods }: Retention, at: EpochMillis): number {
  return (periods.findLast(({ from }) => from <= epochSeconds(at)) ?? periods[0]).retentionSeconds;
}

/** With one more, which begins after all others; the oldest of those that are over become one bound. */
export function withPeriod(retention: Retention, next: RetentionPeriod, now: EpochMillis): Retention {
  const [first, ...others] = retention.periods;
  let periods: Retention['periods'] = [first, ...others, next];
  let ended = retention.endedBefore;
  for (;;) {
    const [over, second, ...rest] = periods;
    if (periods.length <= remembered || second === undefined || second.from > epochSeconds(now)) break;
    ended = epochMillis(Math.max(ended, (second.from - over.retentionSeconds) * 1000));
    periods = [second, ...rest];
  }
  return { periods, endedBefore: ended };
}

function endOf(periods: readonly RetentionPeriod[], index: number): number {
  return periods[index + 1]?.from ?? Number.POSITIVE_INFINITY;
}
