import type { Clock } from '../../time.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { mostClose } from './conversation.ts';
import { hasEnded } from './conversation-end.ts';
import { headAndMembers, type Item, memberKey, toConversation, toMember } from './conversation-item.ts';
import type { ConversationStore } from './conversation-store.ts';

/** The head, as many members as a list names, and one more by which it is known that they are more. */
const rowsOfSmall = 1 + mostClose + 1;

/** What the list of conversations reads of each: half a read unit for one of a few people. */
export function listedStore(
  db: Database,
  TableName: string,
  now: Clock,
): Pick<ConversationStore, 'readListed'> {
  return {
    async readListed(conversationId, userId) {
      const query = {
        TableName,
        ...headAndMembers,
        ExpressionAttributeValues: { ...headAndMembers.ExpressionAttributeValues, ':id': conversationId },
      };
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({ ...query, Limit: rowsOfSmall }),
      );
      const conversation = toConversation(Items, now());
      if (conversation === undefined) return undefined;
      const { head, members } = conversation;
      const isSmall = LastEvaluatedKey === undefined && members.size <= mostClose;
      const member = members.get(userId) ?? (isSmall ? undefined : await ownRow(conversationId, userId));
      if (member === undefined) return undefined;
      if (isSmall) return { head, member, members, memberCount: members.size };
      return { head, member, memberCount: head.memberCount ?? (await count(query)) };
    },
  };

  async function ownRow(conversationId: string, userId: string) {
    const item = await getItem(db, { TableName, Key: memberKey(conversationId, userId) });
    const member = item && toMember(item);
    return member === undefined || hasEnded(member, now()) ? undefined : member;
  }

  /** Of a group that an earlier release has made. */
  async function count(query: Omit<QueryCommand['input'], 'TableName'> & { TableName: string }) {
    let rows = 0;
    let from: Item | undefined;
    do {
      const { Count = 0, LastEvaluatedKey } = await db.send(
        new QueryCommand({ ...query, Select: 'COUNT', ...(from && { ExclusiveStartKey: from }) }),
      );
      rows += Count;
      from = LastEvaluatedKey;
    } while (from !== undefined);
    return rows - 1;
  }
}
