import type { MessageContent } from '../../protocol/messages/table.ts';
import type { EpochMillis } from '../../time.ts';
import { type Database, DeleteCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { toStoredContent } from './stored-content.ts';

/** What a message said before, which a legal hold keeps: nobody is shown it, and it goes when the hold is lifted. */
export type Version = {
  readonly conversationId: string;
  readonly seq: number;
  /** Of the change by which it was replaced. */
  readonly rev: number;
  readonly by: string;
  readonly content: MessageContent;
  readonly mentions?: readonly string[];
  readonly replacedAt: EpochMillis;
};

export type VersionStore = {
  /** All of one message, at most as many as it may be edited and once more. Before the message, or what says that there are any. */
  removeVersions(message: Pick<Version, 'conversationId' | 'seq'>): Promise<void>;
};

/** A message is edited so often and no more, so that a hold keeps no more of it. */
export const mostEdits = 50;

/** Beside the log, in a partition of the message's own: whoever reads the conversation reads none of it. */
const versionsOf = (conversationId: string, seq: number) => `${conversationId}#${seq}`;

export function versionStore(db: Database, TableName: string): VersionStore {
  return {
    async removeVersions({ conversationId, seq }) {
      const rows = await queryAll(db, {
        TableName,
        KeyConditionExpression: 'conversationId = :id',
        ProjectionExpression: 'conversationId, seq',
        ExpressionAttributeValues: { ':id': versionsOf(conversationId, seq) },
        ConsistentRead: true,
      });
      await Promise.all(rows.map(async (Key) => db.send(new DeleteCommand({ TableName, Key }))));
    },
  };
}

/** A part of the change that replaces it. Nothing leads there but its message. */
export function versionPut(TableName: string, { conversationId, seq, rev, ...rest }: Version) {
  const content = toStoredContent(rest.content);
  return { TableName, Item: { ...rest, conversationId: versionsOf(conversationId, seq), seq: rev, content } };
}
