import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { headKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

/** What earlier releases have put on heads. */
export function earlierTitleStore(db: Database, TableName: string): Pick<ConversationStore, 'stripTitle'> {
  return {
    async stripTitle(conversationId) {
      const update = new UpdateCommand({
        TableName,
        Key: headKey(conversationId),
        UpdateExpression: 'REMOVE title',
        ConditionExpression: 'attribute_exists(title)',
      });
      await succeeds(db.send(update));
    },
  };
}
