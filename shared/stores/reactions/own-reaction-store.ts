import type { EpochSeconds } from '../../time.ts';
import { type Database, QueryCommand } from '../dynamodb/database.ts';
import { putTimeToLiveBack, takeTimeToLive } from '../dynamodb/time-to-live.ts';
import {
  allOwnReactions,
  type OwnReactions,
  ownReactionsIn,
  ownReactionsKey,
  toOwnReactions,
} from './own-reactions.ts';

/** All reads are strongly consistent. */
export type OwnReactionStore = {
  /** A page of what the user has given to messages between these numbers, both inclusive. */
  list(
    userId: string,
    conversationId: string,
    range: { readonly from: number; readonly to: number },
  ): Promise<OwnReactionPage>;
  /** A page of all that they have given, from behind that row on. */
  listAll(userId: string, after?: string): Promise<AllReactionsPage>;
  /** Takes the time to live off or puts it back; false when it is so already, or the row is gone. */
  setHeld(userId: string, row: OwnReactions, held: boolean, at: EpochSeconds): Promise<boolean>;
};

export type OwnReactionPage = {
  readonly rows: readonly OwnReactions[];
  /** The number behind which it goes on. */
  readonly next?: number;
};
export type AllReactionsPage = Pick<OwnReactionPage, 'rows'> & { readonly next?: string };

/** More than a page of messages has, so that one call is enough but where many of them are gone. */
const pageSize = 250;

export function ownReactionStore(db: Database, TableName: string): OwnReactionStore {
  return {
    async list(userId, conversationId, { from, to }) {
      const { rows, last } = await query(userId, ownReactionsIn(conversationId, from, to));
      const next = rows.at(-1)?.seq;
      return { rows, ...(last !== undefined && next !== undefined && { next }) };
    },

    async listAll(userId, after) {
      const { rows, last } = await query(userId, allOwnReactions, after);
      return { rows, ...(last !== undefined && { next: last }) };
    },

    async setHeld(userId, { conversationId, seq }, held, at) {
      const row = { TableName, Key: ownReactionsKey(userId, conversationId, seq) };
      return held ? takeTimeToLive(db, row) : putTimeToLiveBack(db, row, at);
    },
  };

  async function query(
    userId: string,
    { from, to }: { readonly from: string; readonly to: string },
    after?: string,
  ): Promise<{ readonly rows: readonly OwnReactions[]; readonly last: string | undefined }> {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'userId = :userId AND entry BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':userId': userId, ':from': from, ':to': to },
        ...(after !== undefined && { ExclusiveStartKey: { userId, entry: after } }),
        Limit: pageSize,
        ConsistentRead: true,
      }),
    );
    const last: unknown = LastEvaluatedKey?.['entry'];
    return {
      rows: Items.flatMap((item) => toOwnReactions(item) ?? []),
      last: typeof last === 'string' ? last : undefined,
    };
  }
}
