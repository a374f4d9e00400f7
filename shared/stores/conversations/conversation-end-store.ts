import type { Database } from '../dynamodb/database.ts';
import { keepRow, prolongRow } from '../dynamodb/row-end.ts';
import { headKey, memberKey } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

export type ConversationEnds = Pick<ConversationStore, 'keepHead' | 'keepMember' | 'prolongMember'>;

/** What keeps the rows of a conversation from ending. */
export function conversationEndStore(db: Database, TableName: string): ConversationEnds {
  return {
    keepHead: async (conversationId) => keepRow(db, { TableName, Key: headKey(conversationId) }),
    keepMember: async (conversationId, userId) =>
      keepRow(db, { TableName, Key: memberKey(conversationId, userId) }),
    prolongMember: async (conversationId, userId, to) =>
      prolongRow(db, { TableName, Key: memberKey(conversationId, userId) }, to),
  };
}
