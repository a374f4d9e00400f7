import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { headKey } from './conversation-item.ts';

export type LastRevStore = {
  /** Makes the number of a change known; never lowers it. */
  advanceLastRev(conversationId: string, rev: number): Promise<void>;
};

export function lastRevStore(db: Database, TableName: string): LastRevStore {
  return {
    async advanceLastRev(conversationId, rev) {
      const update = new UpdateCommand({
        TableName,
        Key: headKey(conversationId),
        UpdateExpression: 'SET lastRev = :rev',
        ConditionExpression:
          'attribute_exists(conversationId) AND (attribute_not_exists(lastRev) OR lastRev < :rev)',
        ExpressionAttributeValues: { ':rev': rev },
      });
      await succeeds(db.send(update));
    },
  };
}
