import type { EpochSeconds } from '../../time.ts';
import type { DueKey } from '../conversations/conversation-store.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand, QueryCommand } from '../dynamodb/database.ts';
import type { Cutoff } from '../expiry/purge-times.ts';
import { privacyPartitions, purgeLapKey, purgeLeaseKey, purgeRunKey } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';

/** What a run of the sweeper did: counts and times, no ids. */
export type PurgeRun = {
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

export type PurgeRunStore = {
  /** False while another run holds the lease. */
  lease(until: EpochSeconds, now: EpochSeconds): Promise<boolean>;
  /** Gives back the lease that was taken until then. */
  release(until: EpochSeconds): Promise<void>;
  /** The lap that an earlier run has left. */
  lap(): Promise<LapPlace | undefined>;
  saveLap(place: LapPlace, expiresAt: EpochSeconds): Promise<void>;
  endLap(): Promise<void>;
  add(run: PurgeRun, expiresAt: EpochSeconds): Promise<void>;
  /** Newest first. */
  latest(count: number): Promise<readonly PurgeRun[]>;
};

export function purgeRunStore(db: Database, TableName: string): PurgeRunStore {
  return {
    lease: async (until, now) =>
      succeeds(
        db.send(
          new PutCommand({
            TableName,
            Item: { ...purgeLeaseKey, until, expiresAt: until },
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
            Key: purgeLeaseKey,
            ConditionExpression: '#until = :until',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':until': until },
          }),
        ),
      );
    },

    async lap() {
      const { Items = [] } = await db.send(new QueryCommand(privacyQuery(TableName, purgeLapKey)));
      const [{ cutoff, after } = {}] = Items;
      return cutoff === undefined ? undefined : { cutoff, after };
    },

    async saveLap(place, expiresAt) {
      await db.send(new PutCommand({ TableName, Item: { ...purgeLapKey, ...place, expiresAt } }));
    },

    async endLap() {
      await db.send(new DeleteCommand({ TableName, Key: purgeLapKey }));
    },

    async add(run, expiresAt) {
      const Item = { ...purgeRunKey(run.startedAt), ...run, expiresAt };
      await db.send(new PutCommand({ TableName, Item }));
    },

    async latest(count) {
      const query = privacyQuery(TableName, { record: privacyPartitions.purgeRuns });
      const { Items = [] } = await db.send(
        new QueryCommand({ ...query, ConsistentRead: false, ScanIndexForward: false, Limit: count }),
      );
      return Items.map(({ record: _record, at: _at, expiresAt: _expiresAt, ...run }) => run as PurgeRun);
    },
  };
}
