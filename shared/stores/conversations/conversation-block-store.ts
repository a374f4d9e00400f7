import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import { memberKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

/**
 * By what a member's own row says of a block, whoever reads the conversation knows it. How far they had read is kept as it was,
 * for whom they block to see.
 */
export function conversationBlockStore(
  db: Database,
  TableName: string,
): Pick<ConversationStore, 'markBlocks'> {
  return {
    async markBlocks(conversationId, userId, blocks) {
      const update = new UpdateCommand({
        TableName,
        Key: memberKey(conversationId, userId),
        UpdateExpression: blocks
          ? 'SET blocks = :true, shownReadSeq = if_not_exists(shownReadSeq, readSeq)'
          : // What they have read meanwhile is shown with the next message that they read.
            'REMOVE blocks',
        ConditionExpression: blocks
          ? 'attribute_exists(userId) AND attribute_not_exists(blocks)'
          : 'attribute_exists(blocks)',
        ...(blocks && { ExpressionAttributeValues: { ':true': true } }),
      });
      await succeeds(db.send(update));
    },
  };
}
