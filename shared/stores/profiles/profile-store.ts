import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { setHeld, withEnd, withoutTimeToLive } from '../dynamodb/time-to-live.ts';
import type { StoredProfile } from './profile.ts';

export type ProfileStore = {
  /** Strongly consistent, so that what was changed or erased is seen so at once; in no order. */
  read(userIds: readonly string[]): Promise<readonly StoredProfile[]>;
  /** False when it is no longer the one of `before`: somebody has changed or removed it meanwhile. */
  replace(profile: StoredProfile, before: StoredProfile | undefined, held: boolean): Promise<boolean>;
  /** False when it is no longer this one. */
  remove(profile: StoredProfile): Promise<boolean>;
  /** Takes its time to live off or puts it back; false when it is so already, or the profile is gone. */
  setHeld(userId: string, held: boolean): Promise<boolean>;
};

type Keys = Record<string, unknown>[];

export function profileStore(db: DynamoDBDocumentClient, tableName: string): ProfileStore {
  return {
    async read(userIds) {
      const profiles: StoredProfile[] = [];
      for (let from = 0; from < userIds.length; from += 100) {
        let Keys: Keys = userIds.slice(from, from + 100).map((userId) => ({ userId }));
        while (Keys.length > 0) {
          const { Responses, UnprocessedKeys } = await db.send(
            new BatchGetCommand({ RequestItems: { [tableName]: { Keys, ConsistentRead: true } } }),
          );
          profiles.push(...(Responses?.[tableName] ?? []).map(withEnd<StoredProfile>));
          Keys = UnprocessedKeys?.[tableName]?.Keys ?? [];
        }
      }
      return profiles;
    },

    async replace(profile, before, held) {
      return succeeds(
        new PutCommand({
          TableName: tableName,
          Item: held ? withoutTimeToLive(profile) : profile,
          ...(before === undefined
            ? { ConditionExpression: 'attribute_not_exists(userId)' }
            : isStill(before)),
        }),
      );
    },

    setHeld: async (userId, held) => setHeld(db, { TableName: tableName, Key: { userId } }, held),

    remove: async (profile) =>
      succeeds(
        new DeleteCommand({
          TableName: tableName,
          Key: { userId: profile.userId },
          ...isStill(profile),
        }),
      ),
  };

  async function succeeds(command: PutCommand | DeleteCommand): Promise<boolean> {
    try {
      await (command instanceof PutCommand ? db.send(command) : db.send(command));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }
}

function isStill({ updatedAt }: StoredProfile) {
  return {
    ConditionExpression: 'updatedAt = :before',
    ExpressionAttributeValues: { ':before': updatedAt },
  };
}
