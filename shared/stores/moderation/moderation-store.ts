import { headKey } from '../conversations/conversation-item.ts';
import { isApplied } from '../dynamodb/conditional-write.ts';
import { type Database, TransactWriteCommand } from '../dynamodb/database.ts';
import type { ErasureRequest } from '../privacy/erasure-request.ts';
import { erasureKey } from '../privacy/privacy-keys.ts';
import { ifUnchanged } from '../privacy/revision.ts';

/** Who may do what in a conversation, as it was read. */
export type Standing = {
  readonly conversationId: string;
  /** The head's; undefined where nobody has come or gone since it was made. */
  readonly revision: number | undefined;
};

export type ModerationStore = {
  /** False when the request is another one by now, or somebody has come, gone or got a role meanwhile. */
  saveAsModerator(
    request: ErasureRequest,
    before: ErasureRequest | undefined,
    standing: Standing,
  ): Promise<boolean>;
};

type Tables = { readonly privacy: string; readonly conversations: string };

/** What a moderator asks for is noted in the instant in which they are one. */
export function moderationStore(db: Database, tables: Tables): ModerationStore {
  return {
    async saveAsModerator(request, before, standing) {
      const Item = { ...erasureKey(request), ...request };
      const TransactItems = [
        { Put: { TableName: tables.privacy, Item, ...ifUnchanged(before, 'requestId') } },
        { ConditionCheck: standingCheck(tables.conversations, standing) },
      ];
      return isApplied(db.send(new TransactWriteCommand({ TransactItems })));
    },
  };
}

/** Holds as long as nobody has come, gone or got a role. */
export function standingCheck(TableName: string, { conversationId, revision }: Standing) {
  const isUnchanged =
    revision === undefined
      ? { ConditionExpression: 'attribute_exists(conversationId) AND attribute_not_exists(revision)' }
      : {
          ConditionExpression: 'revision = :seen',
          ExpressionAttributeValues: { ':seen': revision },
        };
  return { TableName, Key: headKey(conversationId), ...isUnchanged };
}
