import { lookAtRest, lookBeyondBound } from '../oracle/look-at-rest.ts';
import { oracleOf } from '../oracle/oracle.ts';
import { type Violation, violationsAt } from '../oracle/violations.ts';
import type { Model } from '../system/model.ts';
import type { Program } from '../system/program.ts';
import type { Acts } from './acts.ts';
import { startClocks } from './clocks.ts';
import { type Cloud, cloudOf } from './cloud.ts';
import { watchReceipts } from './erasure-receipts.ts';
import { type Fault, faultsFrom } from './faults.ts';
import { type LifeDeps, live } from './life.ts';
import { markersIn } from './marker.ts';
import { operatorOf } from './operator.ts';
import { peopleOf } from './people.ts';
import { randomFrom } from './random.ts';
import { timeline } from './timeline.ts';

export type RunOptions = {
  readonly model: Model;
  readonly program: Program;
  readonly seed: number;
  /** How many calls are made before everything may come to rest. */
  readonly steps: number;
  /** No faults but these. */
  readonly only?: ReadonlySet<number> | undefined;
  /** The run ends with the first violation whose kind begins with this. */
  readonly until?: string | undefined;
  /** False where nothing is looked for that shows only once all has come to rest. */
  readonly rests?: boolean;
  /** What people do in place of what comes into their minds, with no operator and no other deployment. */
  readonly script?: Script;
  /** Told of each call of a function to the database: when, by whom, and what. */
  readonly onCall?: (call: string) => void;
};

/** Begun at the first instant, and over after so long. */
export type Script = { readonly millis: number; begin(world: ScriptedWorld): void };

export type ScriptedWorld = Pick<LifeDeps, 'people' | 'oracle' | 'violations' | 'time'> & {
  readonly cloud: Cloud;
};

export type RunResult = {
  readonly steps: number;
  readonly faults: readonly Fault[];
  readonly violations: ReadonlyMap<string, Violation>;
  readonly messages: number;
  /** What succeeded, by its name. */
  readonly acts: Acts;
};

const start = Date.UTC(2026, 0, 1);
/** The longest period there is, the bound of the sweeper, and what a queue keeps back of the work that failed. */
const boundMillis = 40 * 60_000;
const restMillis = 3 * 3_600_000;

/** A system lives through what its seed decides, then all goes well until nothing that has ended may be left. */
export async function run({
  model,
  program,
  seed,
  steps,
  only,
  until,
  rests = true,
  script,
  onCall,
}: RunOptions): Promise<RunResult> {
  const random = randomFrom(seed);
  const time = timeline(start);
  // Where much dies there are rare states in numbers: of those that need two deaths no run would see one otherwise.
  const deaths = random.pick([1, 1, 6, 6]) ?? 1;
  const faults = faultsFrom(randomFrom(seed ^ 0x5f3759df), time.now, deaths, only);
  const violations = violationsAt(time.now, () => cloud.steps());
  let byClock: string | undefined;
  const actor = () => byClock ?? cloud.atWork().functionName;
  const { environment } = model;
  const sendTable = environment['SEND_TABLE'] ?? '';
  const privacyTable = environment['PRIVACY_TABLE'] ?? '';
  const consentTable = environment['CONSENT_TABLE'] ?? '';
  const onReceipt = watchReceipts({
    cloud: () => cloud,
    oracle: () => oracle,
    violations,
    time,
    sendTable,
    privacyTable,
    consentTable,
  });
  const cloud: Cloud = cloudOf({
    ...{ model, program, time, random: randomFrom(seed ^ 0x1234567), faults },
    witness: {
      onWrite(tableName, before, after) {
        oracle.onWrite(tableName, before, after);
        if (tableName === privacyTable) onReceipt(tableName, before, after);
      },
      onObjectRemoved: (_bucket, key) => oracle.onObjectRemoved(key),
      onCall(invocation, { constructor: { name }, input }) {
        const { functionName, id } = invocation;
        onCall?.(
          `${new Date(time.now()).toISOString().slice(8, 23)} ${functionName} ${id} ${name} ${JSON.stringify(input)}`,
        );
      },
      onLog(line) {
        if (markersIn(line).length > 0) violations.add('written into a log', line);
      },
    },
    onClose({ connectionId, connectedAt, authorizer }) {
      if (faults.happens('disconnect unnoticed')) return;
      const requestContext = {
        routeKey: '$disconnect',
        connectionId,
        connectedAt,
        authorizer,
        requestId: 'r',
      };
      time.after(random.between(50, 5_000), () => void cloud.invoke('disconnect', { requestContext }));
    },
  });
  const retentionSeconds = Number(environment['MESSAGE_RETENTION_SECONDS']);
  const oracle = oracleOf({
    now: time.now,
    tables: {
      messages: environment['MESSAGE_TABLE'] ?? '',
      profiles: environment['PROFILE_TABLE'] ?? '',
      privacy: privacyTable,
    },
    ...{ retentionSeconds, violations, actor },
  });
  let isOver = false;
  const isFound = () =>
    until !== undefined && [...violations.first.keys()].some((kind) => kind.startsWith(until));
  const names = ['ada', 'bob', 'cyd', 'dan', 'eve'].slice(0, 2 + random.below(4));
  const acts: Acts = new Map();
  const people = peopleOf({ cloud, oracle, violations, time, acts });

  cloud.deploy({});
  const as = (who: string, act: () => void) => {
    byClock = who;
    act();
    byClock = undefined;
  };
  startClocks({ model, cloud, time, random, faults, as, timeToLive: random.pick([0, 0.02, 0.7]) ?? 0 });
  const isErasing = (userId: string) =>
    [...cloud.database.items(privacyTable)].some(
      ({ record, at, awaitsRelease }) =>
        record === 'erasures' && awaitsRelease !== true && String(at).startsWith(`${userId}#`),
    );
  const world = { cloud, oracle, violations, time, random, names, acts, isErasing, isOver: () => isOver };
  const operator = script === undefined ? begin() : undefined;
  script?.begin({ people, oracle, violations, time, cloud });
  const goesOn = () => (script === undefined ? cloud.steps() < steps : time.now() < start + script.millis);

  // What has been begun makes its first call before time passes.
  await settled();
  while (goesOn() && !isFound() && time.next()) await settled();
  isOver = true;
  faults.stop();
  operator?.releaseAll();
  if (rests) {
    const restedAt = time.now();
    await passUntil(restedAt + boundMillis);
    if (!isFound())
      lookBeyondBound({ model, cloud, oracle, violations, now: time.now(), hasWithdrawn: people.withdrawn });
    await passUntil(restedAt + restMillis);
  }
  if (rests && !isFound()) lookAtRest({ model, cloud, violations, now: time.now() });
  return {
    steps: cloud.steps(),
    faults: faults.injected,
    violations: violations.first,
    messages: oracle.messages.size,
    acts,
  };

  /** Everybody goes about their lives. */
  function begin() {
    live({
      ...world,
      people,
      pause: random.pick([3_000, 10_000, 30_000]) ?? 10_000,
      // What nobody repeats stays as the death has left it.
      patience: random.pick(deaths > 1 ? [0.8, 0] : [0.8]) ?? 0.8,
    });
    return operatorOf(world);
  }

  async function passUntil(instant: number): Promise<void> {
    while (time.now() < instant && !isFound() && time.next()) await settled();
  }
}

/** Whatever the last event has set going has come to wait for the next one. */
async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
