import fc from 'fast-check';
import {
  endedBefore,
  type Retention,
  retentionEnd,
  retentionSecondsAt,
  unchangedRetention,
  withPeriod,
} from '../../../../shared/stores/expiry/retention.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';

const horizon = 60;
/** What was in force in each second, by a change now and then. */
const changes = fc
  .array(
    fc.record({ wait: fc.integer({ min: 1, max: 5 }), retentionSeconds: fc.integer({ min: 1, max: 12 }) }),
    {
      maxLength: 14,
    },
  )
  .chain((all) =>
    fc.record({
      first: fc.integer({ min: 1, max: 12 }),
      all: fc.constant(all),
      lead: fc.integer({ min: 1, max: 3 }),
    }),
  );

type Changes = { first: number; all: readonly { wait: number; retentionSeconds: number }[]; lead: number };

/** As it was remembered at the end, with the instants at which it was changed. */
function remember({ first, all, lead }: Changes) {
  let retention: Retention = unchangedRetention(first);
  const inForce = new Map<number, number>([[0, first]]);
  const steps: { readonly now: number; readonly before: Retention; readonly after: Retention }[] = [];
  let now = 0;
  for (const { wait, retentionSeconds } of all) {
    now += wait + lead;
    const from = epochSeconds((now + lead) * 1000);
    const after = withPeriod(retention, { from, retentionSeconds }, epochMillis(now * 1000));
    steps.push({ now, before: retention, after });
    retention = after;
    inForce.set(from, retentionSeconds);
  }
  return { retention, inForce, steps };
}

/** In the words of the promise: it has ended once it was ever older than what was in force in that second. */
function endings(inForce: ReadonlyMap<number, number>, sentAt: number): ReadonlySet<number> {
  const ended = new Set<number>();
  let current = inForce.get(0) ?? 0;
  let over = false;
  for (let second = 0; second < horizon; second += 1) {
    current = inForce.get(second) ?? current;
    over ||= Math.floor(sentAt / 1000) + current <= second && sentAt <= second * 1000;
    if (over) ended.add(second);
  }
  return ended;
}

const sentTimes = [0, 1, 999, 1000, 3500, 7000, 12_999, 20_000, 31_500, 44_000].map(epochMillis);

test('what has ended under any of the policies stays ended, and nothing else has', () => {
  fc.assert(
    fc.property(changes, (given) => {
      const { retention, inForce } = remember(given);
      const lastChange = Math.max(0, ...inForce.keys());
      const wrong = sentTimes.filter((sentAt) => {
        const ended = endings(inForce, sentAt);
        const end = retentionEnd(sentAt, retention);
        // Of what was long ago it is only remembered that it is over.
        const from = retention.periods[0].from === 0 ? 0 : lastChange;
        const seconds = Array.from({ length: horizon - from }, (_, index) => from + index);
        return seconds.some((second) => end <= second !== ended.has(second));
      });
      expect([given, wrong]).toEqual([given, []]);
    }),
    { numRuns: 500 },
  );
});

test('to add a period, or to make one bound of the oldest, changes nothing that has ended by then', () => {
  fc.assert(
    fc.property(changes, (given) => {
      for (const { now, before, after } of remember(given).steps) {
        const changed = sentTimes.filter(
          (sentAt) => retentionEnd(sentAt, after) <= now !== retentionEnd(sentAt, before) <= now,
        );
        expect(changed).toEqual([]);
        expect(after.periods.length).toBeLessThanOrEqual(9);
        expect(endedBefore(after, epochMillis(now * 1000))).toBe(
          endedBefore(before, epochMillis(now * 1000)),
        );
      }
    }),
    { numRuns: 500 },
  );
});

test('the bound by which the sweeper looks says the same as each end, and never falls', () => {
  fc.assert(
    fc.property(changes, (given) => {
      const { retention } = remember(given);
      let last = 0;
      for (let second = retention.periods[0].from as number; second < horizon; second += 1) {
        const bound = endedBefore(retention, epochMillis(second * 1000 + 500));
        expect(bound).toBeGreaterThanOrEqual(last);
        last = bound;
        const wrong = sentTimes.filter(
          (sentAt) => sentAt < bound !== retentionEnd(sentAt, retention) <= second,
        );
        expect(wrong).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

test('what is in force changes at that second', () => {
  const retention = withPeriod(
    unchangedRetention(60),
    { from: epochSeconds(10_000), retentionSeconds: 5 },
    epochMillis(8_000),
  );
  expect([9_999, 10_000].map((at) => retentionSecondsAt(retention, epochMillis(at)))).toEqual([60, 5]);
});

test('what a short period had ended is known however many periods have been since', () => {
  let retention = unchangedRetention(3_600);
  const change = (from: number, retentionSeconds: number) => {
    retention = withPeriod(
      retention,
      { from: epochSeconds(from * 1000), retentionSeconds },
      epochMillis(from * 1000),
    );
  };
  change(100, 5);
  for (let from = 200; from < 2_200; from += 100) change(from, 3_000 + from);
  expect(retention.periods.length).toBeLessThanOrEqual(9);
  expect(retentionEnd(epochMillis(194_999), retention)).toBeLessThanOrEqual(2_200);
  expect(retentionEnd(epochMillis(195_000), retention)).toBeGreaterThan(3_000);
});
