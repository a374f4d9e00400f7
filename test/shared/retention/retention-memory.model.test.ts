import fc from 'fast-check';
import { retentionMemory } from '../../../shared/retention/retention-memory.ts';
import { retentionEnd, retentionSecondsAt } from '../../../shared/stores/expiry/retention.ts';
import { epochMillis } from '../../../shared/time.ts';
import { deathWithin, dying } from '../../support/dying.ts';
import { memoryRetentionStore, type RetentionRows } from '../../support/memory-retention-store.ts';
import { direct, type Step } from '../../support/step.ts';

const start = 1_000_000_000_000;
const seconds = 1_000;

/** Environments of two or three deployments, side by side in any order; each is asked now and then, and may be killed. */
const asked = fc.record({
  environment: fc.nat(5),
  /** How long nothing happens before. */
  pause: fc.constantFrom(0, 1, 300, 700, 999, 1_000, 1_001, 2_500, 7_000),
  dies: deathWithin(3),
});
const retentions = fc.array(fc.constantFrom(2, 5, 8, 30), { minLength: 6, maxLength: 6 });

type Seen = { readonly at: number; readonly ended: readonly boolean[] };

/** One of each half second, from long before on. */
const sentTimes = Array.from({ length: 120 }, (_, index) => epochMillis(start + (index - 70) * 500));

test('what one function has hidden no other shows afterwards, of whatever deployment, and whichever is killed', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      retentions,
      fc.array(asked, { minLength: 2, maxLength: 25 }),
      async (scheduler, deployed, asks) => {
        const rows: RetentionRows = new Map();
        let now = start;
        const seen: Seen[] = [];
        const sleepers: { readonly until: number; readonly wake: () => void }[] = [];
        const pause = async (millis: number) =>
          new Promise<void>((wake) => void sleepers.push({ until: now + millis, wake }));
        const pass = async (millis: number) => {
          const until = now + millis;
          for (;;) {
            await scheduler.waitIdle();
            sleepers.sort((one, other) => one.until - other.until);
            if (sleepers[0] === undefined || sleepers[0].until > until) break;
            const { until: at, wake } = sleepers.shift()!;
            now = Math.max(now, at);
            wake();
            await Promise.resolve();
          }
          now = until;
        };
        let death: Parameters<typeof dying>[0];
        const scheduled: Step = async (effect) => {
          await scheduler.schedule(Promise.resolve());
          // Calls take their time, and less than the second that is allowed for.
          now += 40;
          const result = effect();
          await scheduler.schedule(Promise.resolve());
          return result;
        };
        const make = (retentionSeconds: number) =>
          retentionMemory({
            store: memoryRetentionStore(rows, async (effect) => dying(death, scheduled)(effect)),
            kind: 'messages',
            retentionSeconds,
            now: () => epochMillis(now),
            pause,
          });
        const environments = deployed.map(make);
        for (const { environment, pause: quiet, dies } of asks) {
          await pass(quiet);
          death = dies;
          // A killed environment does not come back: another of its deployment does.
          if (dies !== undefined) environments[environment] = make(deployed[environment]!);
          void environments[environment]!().then((retention) => {
            const ended = sentTimes.map(
              (sentAt) => retentionEnd(sentAt, retention) * seconds <= retention.now,
            );
            seen.push({ at: retention.now, ended });
          });
        }
        await pass(10_000);
        const hidden = new Set<number>();
        for (const { at, ended } of seen.toSorted((one, other) => one.at - other.at)) {
          const shown = ended.flatMap((is, index) => (!is && hidden.has(index) ? [index] : []));
          expect([at - start, shown]).toEqual([at - start, []]);
          for (const [index, is] of ended.entries()) if (is) hidden.add(index);
        }
      },
    ),
    { numRuns: 1_500 },
  );
});

/** A deployment of one that is asked at that time, in a world that is quiet. */
function world() {
  const rows: RetentionRows = new Map();
  const state = { now: start, waited: 0, reads: 0 };
  const counted: Step = async (effect) => {
    state.reads += 1;
    return effect();
  };
  const deploy = (retentionSeconds: number, step: Step = counted) =>
    retentionMemory({
      store: memoryRetentionStore(rows, step),
      kind: 'messages',
      retentionSeconds,
      now: () => epochMillis(state.now),
      pause: async (millis) => {
        state.waited += millis;
        state.now += millis;
      },
    });
  return { rows, state, deploy };
}

test('a shorter policy is in force in the first answer of the first function that knows it', async () => {
  const { state, deploy } = world();
  await deploy(3_600, direct)();
  state.now += 90_000;
  const retention = await deploy(5)();
  expect(retentionSecondsAt(retention, retention.now)).toBe(5);
  expect(state.waited).toBeLessThanOrEqual(3_000);
  expect(state.waited).toBeGreaterThanOrEqual(2_000);
});

test('there and back: what was hidden stays hidden, and what is sent from then on is kept for longer', async () => {
  const { state, deploy } = world();
  await deploy(3_600)();
  const sentAt = epochMillis(state.now);
  state.now += 60_000;
  const short = await deploy(5)();
  expect(retentionEnd(sentAt, short) * seconds).toBeLessThanOrEqual(short.now);
  state.now += 60_000;
  const long = deploy(3_600);
  await long();
  expect(state.waited).toBeLessThanOrEqual(3_000);
  state.now += 3_000;
  const back = await long();
  expect(retentionSecondsAt(back, back.now)).toBe(3_600);
  expect(retentionEnd(sentAt, back)).toBe(retentionEnd(sentAt, short));
  expect(retentionEnd(back.now, back) * seconds).toBeGreaterThan(back.now + 3_500_000);
});

test('it is read again after a second, and not before', async () => {
  const { state, deploy } = world();
  const ask = deploy(60);
  await ask();
  const { reads } = state;
  state.now += 1_000;
  await Promise.all([ask(), ask()]);
  expect(state.reads).toBe(reads);
  state.now += 1;
  await Promise.all([ask(), ask()]);
  expect(state.reads).toBe(reads + 1);
});

test('two deployments side by side change it once in two seconds at most', async () => {
  const { rows, state, deploy } = world();
  const both = [deploy(5), deploy(3_600)];
  for (let round = 0; round < 100; round += 1) {
    for (const ask of both) await ask();
    state.now += 100;
  }
  const revision = rows.get('messages')?.revision ?? 0;
  expect(revision).toBeGreaterThan(2);
  expect(revision).toBeLessThanOrEqual(1 + (state.now - start) / 2_000);
});

test('a call that was left without an answer holds up nobody who asks later', async () => {
  const rows: RetentionRows = new Map();
  let now = start;
  let isLost = true;
  const step: Step = async (effect) => (isLost ? new Promise<never>(() => undefined) : effect());
  const ask = retentionMemory({
    ...{ store: memoryRetentionStore(rows, step), kind: 'messages', retentionSeconds: 5 },
    now: () => epochMillis(now),
    pause: async () => undefined,
  });
  void ask();
  now += 1_001;
  isLost = false;
  expect((await ask()).periods).toEqual([expect.objectContaining({ retentionSeconds: 5 })]);
});
