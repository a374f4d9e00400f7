import type { RetentionKind } from '../configuration/retention-partitions.ts';
import {
  type AskRetention,
  type Retention,
  type RetentionPeriod,
  retentionSecondsAt,
  unchangedRetention,
  withPeriod,
} from '../stores/expiry/retention.ts';
import type { RetentionStore } from '../stores/privacy/retention-store.ts';
import { type Clock, type EpochMillis, type EpochSeconds, epochMillis } from '../time.ts';

export type RetentionMemoryDeps = {
  readonly store: RetentionStore;
  readonly kind: RetentionKind;
  /** What this function was deployed with. */
  readonly retentionSeconds: number;
  readonly now: Clock;
  readonly pause: (millis: number) => Promise<void>;
};

/** So long what was read may be gone by without reading again. */
const freshMillis = 1_000;

/**
 * After so long a change takes effect, for everybody at the same instant: what was read before it was written is no
 * longer fresh by then, even if the write takes a second and clocks differ a little.
 */
const leadMillis = freshMillis + 1_000;

/** Each lost race means that another function has changed it. */
const attempts = 20;

type Known = { readonly retention: Retention; readonly readAt: EpochMillis };

/**
 * The retention that all functions go by, of whatever deployment they are. A function that was deployed with another one
 * than the last changes it; a shorter one it waits for, so that its first answer already goes by it.
 */
export function retentionMemory(deps: RetentionMemoryDeps): AskRetention {
  const { now } = deps;
  let known: Known | undefined;
  let reading: { readonly since: EpochMillis; readonly known: Promise<Known> } | undefined;
  return async () => {
    for (;;) {
      const at = now();
      if (known !== undefined && at >= known.readAt && at - known.readAt <= freshMillis)
        return { ...known.retention, now: at };
      // Shared by those who ask at the same time. What an invocation left behind when it ended may never come to an end.
      if (reading === undefined || at < reading.since || at - reading.since > freshMillis)
        reading = { since: at, known: readInForce(deps) };
      const mine = reading;
      try {
        known = await mine.known;
      } finally {
        if (reading === mine) reading = undefined;
      }
    }
  };
}

/** With what this function asks for in force, if that is less than what was. */
async function readInForce(deps: RetentionMemoryDeps): Promise<Known> {
  const known = await read(deps);
  const at = deps.now();
  const last = lastOf(known.retention);
  const waits =
    last.from * 1000 > at &&
    last.retentionSeconds === deps.retentionSeconds &&
    deps.retentionSeconds < retentionSecondsAt(known.retention, at);
  if (!waits) return known;
  await deps.pause(last.from * 1000 - at);
  return read(deps);
}

async function read({ store, kind, retentionSeconds, now }: RetentionMemoryDeps): Promise<Known> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // The instant before: it is as fresh as that at least.
    const readAt = now();
    const before = await store.find(kind);
    if (before === undefined) {
      const retention = unchangedRetention(retentionSeconds);
      if (await store.replace(kind, retention, undefined)) return { retention, readAt };
      continue;
    }
    const last = lastOf(before);
    const at = now();
    // One change at a time: who finds another's ahead comes back when it is in force.
    if (last.retentionSeconds === retentionSeconds || last.from * 1000 > at)
      return { retention: before, readAt };
    const from = Math.ceil((at + leadMillis) / 1000) as EpochSeconds;
    const retention = withPeriod(before, { from, retentionSeconds }, epochMillis(at));
    if (await store.replace(kind, retention, before)) return { retention, readAt };
  }
  throw new Error('the retention changes all the time');
}

function lastOf({ periods }: Retention): RetentionPeriod {
  return periods.at(-1) ?? periods[0];
}
