import type { EpochSeconds } from '../../time.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { putTimeToLiveBack, takeTimeToLive } from '../dynamodb/time-to-live.ts';
import { type OwnReactions, ownReactionsIn, ownReactionsKey, toOwnReactions } from './own-reactions.ts';

export type OwnReactionStore = {
  /** What the user has given to messages between these numbers, both inclusive. A page; strongly consistent. */
  list(
    userId: string,
    conversationId: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<OwnReactionPage>;
  /** Takes the time to live off or puts it back; false when it is so already, or the row is gone. */
  setHeld(userId: string, row: OwnReactions, held: boolean, at: EpochSeconds): Promise<boolean>;
};

export type OwnReactionPage = {
  readonly rows: readonly OwnReactions[];
  /** The number behind which it goes on. */
  readonly next?: number;
};

/** More than a page of messages has, so that one call is enough but where many of them are gone. */
const pageSize = 250;

export function ownReactionStore(db: Database, TableName: string): OwnReactionStore {
  return {
    async list(userId, conversationId, range) {
      const { from, to } = ownReactionsIn(conversationId, range.from, range.to);
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'userId = :userId AND entry BETWEEN :from AND :to',
          ExpressionAttributeValues: { ':userId': userId, ':from': from, ':to': to },
          Limit: pageSize,
          ConsistentRead: true,
        }),
      );
      const rows = Items.flatMap((item) => toOwnReactions(item) ?? []);
      const last = rows.at(-1)?.seq;
      return { rows, ...(LastEvaluatedKey !== undefined && last !== undefined && { next: last }) };
    },

    async setHeld(userId, { conversationId, seq }, held, at) {
      const row = { TableName, Key: ownReactionsKey(userId, conversationId, seq) };
      return held ? takeTimeToLive(db, row) : putTimeToLiveBack(db, row, at);
    },
  };
}
