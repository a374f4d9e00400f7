import fc from 'fast-check';
import type { InvocationResult } from '../../../../infra/local/model/model.ts';
import { nextRun } from '../../../../infra/local/schedules/next-run.ts';
import { runSchedules } from '../../../../infra/local/schedules/run-schedules.ts';

const at = (text: string): number => Date.parse(text);

test.each([
  ['rate(1 minute)', '2026-01-01T00:00:30Z', '2026-01-01T00:01:30Z'],
  ['rate(2 hours)', '2026-01-01T00:00:00Z', '2026-01-01T02:00:00Z'],
])('%s after %s is due at %s', (expression, after, due) => {
  expect(new Date(nextRun(expression)(at(after))).toISOString()).toBe(new Date(at(due)).toISOString());
});

test.each(['rate(0 minutes)', 'rate(1 week)', 'cron(0 3 * * ? *)', 'at(2026)'])(
  'refuses %s',
  (expression) => {
    expect(() => nextRun(expression)).toThrow(`schedule ${expression} is not served here`);
  },
);

test('a schedule is always due later than now', () => {
  const expressions = fc.constantFrom('rate(3 minutes)', 'rate(7 hours)', 'rate(1 day)');
  fc.assert(
    fc.property(
      expressions,
      fc.integer({ min: 0, max: 4e12 }),
      (expression, now) => nextRun(expression)(now) > now,
    ),
  );
});

/** A clock that moves when it is told to. */
function fakeClock() {
  let nowMs = 0;
  const timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();
  return {
    now: () => nowMs,
    timer: (atMs: number, callback: () => void) => {
      const entry = { atMs, callback };
      timers.add(entry);
      return () => void timers.delete(entry);
    },
    moveTo(target: number) {
      for (let next = earliest(target); next !== undefined; next = earliest(target)) {
        timers.delete(next);
        nowMs = next.atMs;
        next.callback();
      }
      nowMs = target;
    },
    pending: () => timers.size,
  };
  function earliest(target: number) {
    return [...timers].filter((timer) => timer.atMs <= target).sort((a, b) => a.atMs - b.atMs)[0];
  }
}

const setUp = (result: InvocationResult = { ok: true, payload: 'done' }) => {
  const clock = fakeClock();
  const events: unknown[] = [];
  const errors: string[] = [];
  const schedules = runSchedules(
    [{ scheduleName: 'rule', functionName: 'tidy', expression: 'rate(1 minute)' }],
    {
      region: 'eu-west-1',
      now: clock.now,
      timer: clock.timer,
      onError: (error) => errors.push(String(error)),
      invoke: async (name, event) => {
        events.push([name, event]);
        return result;
      },
    },
  );
  return { clock, events, errors, schedules };
};

test('fires each time it is due, with the event of EventBridge, until it is stopped', async () => {
  const { clock, events, schedules } = setUp();
  clock.moveTo(59_999);
  expect(events).toEqual([]);
  clock.moveTo(180_000);
  expect(events).toHaveLength(3);
  expect(events[0]).toMatchObject([
    'tidy',
    { 'detail-type': 'Scheduled Event', time: '1970-01-01T00:01:00Z', region: 'eu-west-1' },
  ]);
  await schedules.stop();
  clock.moveTo(600_000);
  expect(events).toHaveLength(3);
  expect(clock.pending()).toBe(0);
});

test('fires on request by the name of the function or of the rule', async () => {
  const { events, schedules } = setUp();
  expect(await schedules.fire('tidy')).toEqual({ ok: true, payload: 'done' });
  await schedules.fire('rule');
  expect(events).toHaveLength(2);
  await expect(schedules.fire('other')).rejects.toThrow('choose one of tidy');
});

test('what one function is started with several times fires together, and what failed is told', async () => {
  const started: unknown[] = [];
  const inputs = [1, 2, 3].map((sweeper) => ({ sweeper, of: 3 }));
  const schedules = runSchedules(
    inputs.map((input) => ({
      ...{ scheduleName: 'rule', functionName: 'tidy', expression: 'rate(1 minute)', input },
    })),
    {
      ...{ region: 'eu-west-1', now: () => 0, timer: () => () => undefined, onError: () => undefined },
      invoke: async (_name, event) => {
        started.push(event);
        return started.length === 2
          ? { ok: false, errorType: 'Error', errorMessage: 'broken', timedOut: false }
          : { ok: true, payload: event };
      },
    },
  );
  expect(await schedules.fire('tidy')).toMatchObject({ errorMessage: 'broken' });
  expect(started).toEqual(inputs);
  expect(await schedules.fire('tidy')).toEqual({ ok: true, payload: inputs[0] });
});

test('reports a scheduled function that failed and goes on', async () => {
  const { errors, schedules } = setUp({
    ok: false,
    errorType: 'TypeError',
    errorMessage: 'broken',
    timedOut: false,
  });
  await schedules.fire('tidy');
  expect(errors).toEqual(['Error: tidy (scheduled): TypeError: broken']);
});
