import { batchGet } from '../dynamodb/batch-get.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';
import type { Message } from './message.ts';
import { headerProjection, type MessageHeader, toHeader } from './message-header.ts';
import { toMessage } from './message-store.ts';

/** A header, and what decides whether the message counts as unread. */
export type ListedHeader = MessageHeader & {
  /** What sort of content it has. */
  readonly type?: string;
  readonly mentions?: readonly string[];
  readonly mentionsAll?: true;
};
export type ListedPage = { readonly headers: readonly ListedHeader[]; readonly more: boolean };
export type MessageKey = Pick<Message, 'conversationId' | 'seq'>;
/** What may be read of it is for its reader to say. */
export type ListedMessage = { readonly header: ListedHeader; readonly message: Message };

/**
 * What a list of conversations looks up of their messages. Eventually consistent, which halves its cost: a list is a moment old
 * when it is shown, whatever was read.
 */
export type ListedMessageStore = {
  /** Both bounds exclusive; the newest first. */
  newest(
    conversationId: string,
    range: { readonly after: number; readonly before: number; readonly limit: number },
  ): Promise<ListedPage>;
  /** Those that are there, in no order. */
  find(keys: readonly MessageKey[]): Promise<readonly ListedMessage[]>;
};

const projection = {
  ProjectionExpression: `${headerProjection.ProjectionExpression}, #content.#type, mentions, mentionsAll`,
  ExpressionAttributeNames: { ...headerProjection.ExpressionAttributeNames, '#type': 'type' },
};

export function listedMessageStore(db: Database, TableName: string): ListedMessageStore {
  return {
    async newest(conversationId, { after, before, limit }) {
      if (before - after < 2) return { headers: [], more: false };
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          ...projection,
          TableName,
          KeyConditionExpression: 'conversationId = :id AND seq BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':id': conversationId, ':from': after + 1, ':to': before - 1 },
          ScanIndexForward: false,
          Limit: limit,
        }),
      );
      return { headers: Items.map(toListedHeader), more: LastEvaluatedKey !== undefined };
    },

    async find(keys) {
      const Keys = keys.map(({ conversationId, seq }) => ({ conversationId, seq }));
      const items = await batchGet(db, { TableName, Keys });
      return items.map((item) => ({ header: toListedHeader(item), message: toMessage(item) }));
    },
  };
}

function toListedHeader(item: Record<string, unknown>): ListedHeader {
  const { content, mentions, mentionsAll } = item;
  const { type } = (content ?? {}) as { readonly type?: string };
  return {
    ...toHeader(item),
    ...(type !== undefined && { type }),
    ...(Array.isArray(mentions) && { mentions }),
    ...(mentionsAll === true && { mentionsAll }),
  };
}
