import type { Clock } from '../../time.ts';
import type { Database } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { hasEnded } from './conversation-end.ts';
import { formerEntries, formerKey, toFormer } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

/** What is kept of who has left. */
export function formerMemberStore(
  db: Database,
  TableName: string,
  now: Clock,
): Pick<ConversationStore, 'readFormer' | 'listFormerIds'> {
  return {
    async readFormer(conversationId, userId) {
      const item = await getItem(db, { TableName, Key: formerKey(conversationId, userId) });
      const former = item && toFormer(item);
      return former === undefined || hasEnded(former, now()) ? undefined : former;
    },

    async listFormerIds(conversationId) {
      const items = await queryAll(db, {
        ...formerEntries,
        TableName,
        ExpressionAttributeValues: { ...formerEntries.ExpressionAttributeValues, ':id': conversationId },
        ProjectionExpression: 'userId',
        ConsistentRead: true,
      });
      return items.map(({ userId }) => String(userId));
    },
  };
}
