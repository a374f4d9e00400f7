import { purgeShardCount } from '../configuration/purge-shards.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { PurgeRun, PurgeRunStore } from '../stores/privacy/purge-run-store.ts';
import { oldestExpiredItemAge } from './expired-age.ts';

export type PurgeStatus = {
  readonly retentionSeconds: number;
  /** Null where only the stores' own time to live deletes. */
  readonly boundSeconds: number | null;
  readonly oldestExpiredItemAge: number;
  readonly withinBound: boolean | null;
  /** The last ones of each sweeper that ran lately, the newest first. */
  readonly runs: readonly PurgeRun[];
};

export type PurgeStatusDeps = {
  readonly conversations: Pick<ConversationStore, 'earliestBounds'>;
  readonly runs: Pick<PurgeRunStore, 'latest'>;
  readonly retentionSeconds: number;
  readonly retention: AskRetention;
  readonly boundSeconds: number | undefined;
};

const runsOfEach = 5;

export async function purgeStatus(deps: PurgeStatusDeps): Promise<PurgeStatus> {
  const { retentionSeconds, boundSeconds } = deps;
  const [age, runs] = await Promise.all([
    oldestExpiredItemAge(deps.conversations, deps.retention),
    deps.runs.latest(runsOfEach * purgeShardCount),
  ]);
  return {
    retentionSeconds,
    boundSeconds: boundSeconds ?? null,
    oldestExpiredItemAge: age,
    withinBound: boundSeconds === undefined ? null : age <= boundSeconds,
    runs: lastOfEach(runs),
  };
}

function lastOfEach(newestFirst: readonly PurgeRun[]): readonly PurgeRun[] {
  const shown = new Map<string, number>();
  return newestFirst.filter(({ sweeper, of }) => {
    const name = `${sweeper}/${of}`;
    const count = (shown.get(name) ?? 0) + 1;
    shown.set(name, count);
    return count <= runsOfEach;
  });
}
