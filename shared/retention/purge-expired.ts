import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { cutoff } from '../stores/expiry/purge-times.ts';
import type { PurgeRun, SweeperStore } from '../stores/privacy/purge-run-store.ts';
import { type Sweeper, shardsOf } from '../stores/privacy/sweeper.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../time.ts';
import { oldestExpiredItemAge } from './expired-age.ts';
import { type PurgeConversationDeps, purgeConversation } from './purge-conversation.ts';
import { type PurgeLap, purgeLap } from './purge-lap.ts';
import { turn } from './turn.ts';

export type PurgeExpiredDeps = Omit<PurgeConversationDeps, 'isOver'> & {
  readonly conversations: Pick<ConversationStore, 'listDuePage' | 'earliestBounds'>;
  /** Which of the shards are this one's. */
  readonly sweeper: Sweeper;
  readonly runs: SweeperStore;
  /** As the record of the run says it. */
  readonly retentionSeconds: number;
  /** When this run has to end. */
  readonly endBy: EpochMillis;
  readonly onFailure: (error: unknown) => void;
  readonly share: PurgeShare;
};

/** How many conversations, of whatever shards, and of each how many pages before the others come. */
export type PurgeShare = { readonly atOnce: number; readonly pagesPerTurn: number };

/** A turn of 24,000 messages takes some seconds. */
export const purgeShare: PurgeShare = { atOnce: 16, pagesPerTurn: 100 };

const recordSeconds = 30 * 86_400;
/** A lap that nobody has gone on with for so long is begun anew. */
const lapSeconds = 86_400;

/**
 * One run of a sweeper; undefined while another run of it is at work. What fails or is not reached is the next run's. The age
 * that it tells is that of all shards: a sweeper that says nothing is found out by the others.
 */
export async function purgeExpired(deps: PurgeExpiredDeps): Promise<PurgeRun | undefined> {
  const startedAt = deps.now();
  // Also where another run is at work, or has died: by the clock, what this deployment asks for is in force, though nobody reads.
  await deps.retention();
  const until = epochSeconds(deps.endBy + 30_000);
  if (!(await deps.runs.lease(until, epochSeconds(startedAt)))) return undefined;
  const counts = await sweep(deps);
  const run: PurgeRun = {
    ...deps.sweeper,
    startedAt: new Date(startedAt).toISOString(),
    endedAt: new Date(deps.now()).toISOString(),
    retentionSeconds: deps.retentionSeconds,
    ...counts,
    oldestExpiredItemAge: await oldestExpiredItemAge(deps.conversations, deps.retention),
  };
  await deps.runs.add(run, (epochSeconds(startedAt) + recordSeconds) as EpochSeconds);
  await deps.runs.release(until);
  return run;
}

type Counts = Pick<PurgeRun, 'conversations' | 'messagesDeleted' | 'failures' | 'complete'>;

/** The rest of the lap that the last run has left, and then once around everything. */
async function sweep(deps: PurgeExpiredDeps): Promise<Counts> {
  const counts = { conversations: 0, messagesDeleted: 0, failures: 0 };
  const rest = await deps.runs.lap();
  for (let place = rest; ; place = undefined) {
    const retention = await deps.retention();
    const begin = place ?? { cutoff: cutoff(retention, retention.now), after: {} };
    const isDone = await goAround(
      deps,
      purgeLap(deps.conversations, shardsOf(deps.sweeper), retention, begin),
      counts,
    );
    if (!isDone || place === undefined) return { ...counts, complete: isDone };
  }
}

/** A turn for each of the lap, and more turns, one after the other, for those that were not done with. */
async function goAround(
  deps: PurgeExpiredDeps,
  lap: PurgeLap,
  counts: { conversations: number; messagesDeleted: number; failures: number },
): Promise<boolean> {
  const { atOnce, pagesPerTurn } = deps.share;
  const isOver = () => deps.now() >= deps.endBy;
  const first: string[] = [];
  const again: string[] = [];
  let isAround = false;
  let taking: Promise<void> | undefined;

  await Promise.all(Array.from({ length: atOnce }, work));
  return isAround && again.length === 0;

  async function work(): Promise<void> {
    for (;;) {
      // What was taken from the lap gets its turn, however late it is.
      const id = first.shift() ?? (isAround && !isOver() ? again.shift() : undefined);
      if (id !== undefined) await one(id);
      else if (isAround || isOver()) return;
      else {
        taking ??= take();
        await taking;
      }
    }
  }

  /** Noted before anything is done: a run that dies of one conversation does not come back to it before the others. */
  async function take(): Promise<void> {
    const ids = await lap.next(atOnce);
    const expiresAt = (epochSeconds(deps.now()) + lapSeconds) as EpochSeconds;
    isAround = ids.length < atOnce;
    await (isAround ? deps.runs.endLap() : deps.runs.saveLap(lap.place(), expiresAt));
    first.push(...ids);
    counts.conversations += ids.length;
    taking = undefined;
  }

  /** One conversation's trouble is not the others'. */
  async function one(conversationId: string): Promise<void> {
    try {
      const purged = await purgeConversation({ ...deps, isOver: turn(pagesPerTurn, isOver) }, conversationId);
      counts.messagesDeleted += purged.deleted;
      if (!purged.finished) again.push(conversationId);
    } catch (error) {
      counts.failures += 1;
      deps.onFailure(error);
    }
  }
}
