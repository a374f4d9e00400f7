import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import { type AskRetention, begunBefore, type RetentionAt } from '../stores/expiry/retention.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { type Holds, isOnHold } from '../stores/privacy/holds.ts';
import type { ProfileSweepStore, SweptRow } from '../stores/profiles/profile-sweep-store.ts';
import { sweepShards } from '../stores/profiles/sweep-shard.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';

export type SweepProfilesDeps = {
  readonly rows: ProfileSweepStore;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly retention: AskRetention;
  /** True once the run has to end. */
  readonly isOver: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

export type SweptProfiles = {
  readonly deleted: number;
  readonly failures: number;
  /** For how many seconds the oldest that is still there has been over; 0 when there is none. */
  readonly lateSeconds: number;
};

/** Writes of a shard that run at once. */
const atOnce = 25;

/** Deletes the profiles and titles that have ended, in all shards at once, oldest first. What a hold keeps is not late. */
export async function sweepProfiles(deps: SweepProfilesDeps): Promise<SweptProfiles> {
  const retention = await deps.retention();
  const swept = await Promise.all(sweepShards.map(async (shard) => sweepShard(deps, shard, retention)));
  return {
    deleted: swept.reduce((sum, { deleted }) => sum + deleted, 0),
    failures: swept.reduce((sum, { failures }) => sum + failures, 0),
    lateSeconds: Math.max(...swept.map(({ lateSeconds }) => lateSeconds)),
  };
}

async function sweepShard(
  deps: SweepProfilesDeps,
  shard: string,
  retention: RetentionAt,
): Promise<SweptProfiles> {
  const counts = { deleted: 0, failures: 0, lateSeconds: 0 };
  let group: SweptRow[] = [];
  for await (const row of deps.rows.startedBy(shard, begunBefore(retention, retention.now))) {
    if (endOf(row, retention) > epochSeconds(retention.now)) continue;
    if (deps.isOver()) {
      isLate(row);
      return counts;
    }
    group.push(row);
    if (group.length === atOnce) await removeGroup();
  }
  await removeGroup();
  return counts;

  async function removeGroup(): Promise<void> {
    const rows = group;
    group = [];
    if (rows.length === 0) return;
    // Asked for each group: a hold that was answered before is known here.
    const holds = await deps.holds.among({
      users: rows.map(({ userId, by }) => by ?? userId),
      conversations: rows.flatMap((row) => conversationOf(row) ?? []),
    });
    await Promise.all(rows.filter((row) => !isHeld(row, holds)).map(removeOne));
  }

  /** One row's trouble is not the others'. */
  async function removeOne(row: SweptRow): Promise<void> {
    try {
      if (await deps.rows.remove(row)) counts.deleted += 1;
    } catch (error) {
      counts.failures += 1;
      isLate(row);
      deps.onFailure(error);
    }
  }

  function isLate(row: SweptRow): void {
    const since = Math.max(endOf(row, retention), row.releasedAt ?? 0);
    counts.lateSeconds = Math.max(counts.lateSeconds, epochSeconds(retention.now) - since);
  }
}

function endOf({ sweepFrom, expiresAt }: SweptRow, retention: RetentionAt): EpochSeconds {
  return effectiveExpiry({ sentAt: sweepFrom, expiresAt }, retention);
}

/** A profile with its owner, a title with its author or its conversation. */
function isHeld(row: SweptRow, holds: Holds): boolean {
  return isOnHold(holds, row.by ?? row.userId, conversationOf(row));
}

/** Of a title. */
function conversationOf({ userId, by }: SweptRow): string | undefined {
  return by === undefined ? undefined : userId.slice(1);
}
