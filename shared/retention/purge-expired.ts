import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { cutoff } from '../stores/expiry/purge-times.ts';
import type { PurgeRun, PurgeRunStore } from '../stores/privacy/purge-run-store.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../time.ts';
import { oldestExpiredItemAge } from './expired-age.ts';
import { type PurgeConversationDeps, purgeConversation } from './purge-conversation.ts';

export type PurgeExpiredDeps = Omit<PurgeConversationDeps, 'isOver'> & {
  readonly conversations: Pick<ConversationStore, 'listDue' | 'earliestBounds'>;
  readonly runs: PurgeRunStore;
  /** As the record of the run says it. */
  readonly retentionSeconds: number;
  /** When this run has to end. */
  readonly endBy: EpochMillis;
  readonly onFailure: (error: unknown) => void;
};

const atOnce = 4;
const recordSeconds = 30 * 86_400;

/** One run of the sweeper; undefined while another is at work. What fails or is not reached is the next run's. */
export async function purgeExpired(deps: PurgeExpiredDeps): Promise<PurgeRun | undefined> {
  const startedAt = deps.now();
  // Also where another run is at work, or has died: by the clock, what this deployment asks for is in force, though nobody reads.
  await deps.retention();
  const until = epochSeconds(deps.endBy + 30_000);
  if (!(await deps.runs.lease(until, epochSeconds(startedAt)))) return undefined;
  const counts = await sweep(deps, startedAt);
  const run: PurgeRun = {
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

async function sweep(deps: PurgeExpiredDeps, startedAt: EpochMillis) {
  const counts = { conversations: 0, messagesDeleted: 0, failures: 0, complete: true };
  const isOver = () => deps.now() >= deps.endBy;
  const due = deps.conversations.listDue(cutoff(await deps.retention(), startedAt))[Symbol.asyncIterator]();

  /** One conversation's trouble is not the others'. */
  async function one(conversationId: string): Promise<void> {
    counts.conversations += 1;
    try {
      const { deleted, finished } = await purgeConversation({ ...deps, isOver }, conversationId);
      counts.messagesDeleted += deleted;
      counts.complete &&= finished;
    } catch (error) {
      counts.failures += 1;
      deps.onFailure(error);
    }
  }

  for (;;) {
    const group: string[] = [];
    while (group.length < atOnce && !isOver()) {
      const next = await due.next();
      if (next.done === true) break;
      group.push(next.value);
    }
    await Promise.all(group.map(one));
    if (isOver()) return { ...counts, complete: false };
    if (group.length < atOnce) return counts;
  }
}
