import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { EpochSeconds } from '../../time.ts';

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

export type PurgeRunStore = {
  /** False while another run holds the lease. */
  lease(until: EpochSeconds, now: EpochSeconds): Promise<boolean>;
  /** Gives back the lease that was taken until then. */
  release(until: EpochSeconds): Promise<void>;
  add(run: PurgeRun, expiresAt: EpochSeconds): Promise<void>;
  /** Newest first. */
  latest(count: number): Promise<readonly PurgeRun[]>;
};

const leaseKey = { record: 'purge-lease', at: 'lease' };

export function purgeRunStore(db: DynamoDBDocumentClient, tableName: string): PurgeRunStore {
  return {
    async lease(until, now) {
      try {
        await db.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...leaseKey, until, expiresAt: until },
            ConditionExpression: 'attribute_not_exists(#at) OR #until <= :now',
            ExpressionAttributeNames: { '#at': 'at', '#until': 'until' },
            ExpressionAttributeValues: { ':now': now },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },

    async release(until) {
      try {
        await db.send(
          new DeleteCommand({
            TableName: tableName,
            Key: leaseKey,
            ConditionExpression: '#until = :until',
            ExpressionAttributeNames: { '#until': 'until' },
            ExpressionAttributeValues: { ':until': until },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    async add(run, expiresAt) {
      const Item = { record: 'purge', at: run.startedAt, ...run, expiresAt };
      await db.send(new PutCommand({ TableName: tableName, Item }));
    },

    async latest(count) {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName: tableName,
          KeyConditionExpression: '#record = :record',
          ExpressionAttributeNames: { '#record': 'record' },
          ExpressionAttributeValues: { ':record': 'purge' },
          ScanIndexForward: false,
          Limit: count,
        }),
      );
      return Items.map(({ record: _record, at: _at, expiresAt: _expiresAt, ...run }) => run as PurgeRun);
    },
  };
}
