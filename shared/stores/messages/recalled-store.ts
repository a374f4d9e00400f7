import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { Version } from './version-store.ts';

export type RecalledStore = {
  /** The row leads to no version any more; nor to media, if it says nothing itself any more. */
  forgetVersions(message: Pick<Version, 'conversationId' | 'seq'>, andMedia: boolean): Promise<void>;
};

export function recalledStore(db: Database, TableName: string): RecalledStore {
  return {
    async forgetVersions({ conversationId, seq }, andMedia) {
      const update = new UpdateCommand({
        TableName,
        Key: { conversationId, seq },
        UpdateExpression: `${andMedia ? 'SET content = :recalled ' : ''}REMOVE hasVersions`,
        ConditionExpression: 'attribute_exists(hasVersions)',
        ...(andMedia && { ExpressionAttributeValues: { ':recalled': { type: 'recalled' } } }),
      });
      await succeeds(db.send(update));
    },
  };
}
