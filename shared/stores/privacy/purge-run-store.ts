import type { EpochSeconds } from '../../time.ts';
import type { DueKey } from '../conversations/conversation-store.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand, QueryCommand } from '../dynamodb/database.ts';
import type { Cutoff } from '../expiry/purge-times.ts';
import { privacyPartitions, purgeLapKey, purgeLeaseKey, purgeRunKey } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';
import { onlySweeper, type Sweeper } from './sweeper.ts';

/** What a run of a sweeper did: counts and times, no ids. */
export type PurgeRun = Sweeper & {
  readonly startedAt: string;
  readonly endedAt: string;
  readonly retentionSeconds: number;
  readonly conversations: number;
  readonly messagesDeleted: number;
  readonly failures: number;
  /** False when time ran out before everything due was seen to. */
  readonly complete: boolean;
  readonly oldestExpiredItemAge: number;
};

/** How far a lap has come: what it goes around, and in each list the last entry that was handed out. */
export type LapPlace = { readonly cutoff: Cutoff; readonly after: Readonly<Record<string, DueKey>> };

/** What the runs of one sweeper leave to each other. */
export type SweeperStore = {
  /** False while another run holds the lease. */
  lease(until: EpochSeconds, now: EpochSeconds): Promise<boolean>;
  /** Gives back the lease that was taken until then. */
  release(until: EpochSeconds): Promise<void>;
  /** The lap that an earlier run has left. */
  lap(): Promise<LapPlace | undefined>;
  saveLap(place: LapPlace, expiresAt: EpochSeconds): Promise<void>;
  endLap(): Promise<void>;
  add(run: PurgeRun, expiresAt: EpochSeconds): Promise<void>;
};

export type PurgeRunStore = {
  of(sweeper: Sweeper): SweeperStore;
  /** Those of all sweepers, newest first. */
  latest(count: number): Promise<readonly PurgeRun[]>;
};

export function purgeRunStore(db: Database, TableName: string): PurgeRunStore {
  return {
    of: (sweeper) => sweeperStore(db, TableName, sweeper),

    async latest(count) {
      const query = privacyQuery(TableName, { record: privacyPartitions.purgeRuns });
      const { Items = [] } = await db.send(
        new QueryCommand({ ...query, ConsistentRead: false, ScanIndexForward: false, Limit: count }),
      );
      // In records of earlier releases no sweeper is named: it was the only one.
      return Items.map(
        ({ record: _record, at: _at, expiresAt: _expiresAt, ...run }) =>
          ({ ...onlySweeper, ...run }) as PurgeRun,
      );
    },
  };
}

function sweeperStore(db: Database, TableName: string, sweeper: Sweeper): SweeperStore {
  const leaseKey = purgeLeaseKey(sweeper);
  const lapKey = purgeLapKey(sweeper);
  return {
    lease: async (until, now) =>
      succeeds(
        db.send(
          new PutCommand({
            TableName,
            Item: { ...leaseKey, until, expiresAt: until },
            ConditionExpression: 'attribute_not_exists(#at) OR #until <= :now',
            ExpressionAttributeNames: { '#at': 'at', '#until': 'until' },
            ExpressionAttributeValues: { ':now': now },
          }),
        ),
      ),

    async release(until) {
      await succeeds(
        db.send(
          new DeleteCommand({
            TableName,
            Key: leaseKey,
            ConditionExpression: '#until = :until',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':until': until },
          }),
        ),
      );
    },

    async lap() {
      const { Items = [] } = await db.send(new QueryCommand(privacyQuery(TableName, lapKey)));
      const [{ cutoff, after } = {}] = Items;
      return cutoff === undefined ? undefined : { cutoff, after };
    },

    async saveLap(place, expiresAt) {
      await db.send(new PutCommand({ TableName, Item: { ...lapKey, ...place, expiresAt } }));
    },

    async endLap() {
      await db.send(new DeleteCommand({ TableName, Key: lapKey }));
    },

    async add(run, expiresAt) {
      const Item = { ...purgeRunKey(run.startedAt, run), ...run, expiresAt };
      await db.send(new PutCommand({ TableName, Item }));
    },
  };
}
