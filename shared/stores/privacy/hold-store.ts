import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { queryAll, queryItems } from '../dynamodb/query-items.ts';
import type { Hold } from './hold.ts';
import { type Holds, type HoldTarget, holdsInForce } from './holds.ts';
import { holdKey, privacyPartitions } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';
import { ifUnchanged } from './revision.ts';

export type HoldStore = {
  /**
   * Of these users and conversations those on hold; strongly consistent. A read unit for each, however many holds there are: for
   * whatever is done often.
   */
  among(asked: AskedHolds): Promise<Holds>;
  /**
   * All there are, with those being released, in the order of their keys and page by page as they are asked for; strongly consistent.
   * They lie in one partition: for the schedule alone.
   */
  each(after?: string): AsyncIterable<Hold>;
  /** Strongly consistent. */
  find(target: HoldTarget): Promise<Hold | undefined>;
  /** False when it is no longer as in `before`: somebody else has gone on with it. */
  replace(hold: Omit<Hold, 'revision'>, before: Hold | undefined): Promise<boolean>;
  /** False likewise. */
  remove(hold: Hold): Promise<boolean>;
};

/** Which of those that are asked for are on hold: see `HoldStore`. */
export type AskHolds = HoldStore['among'];

export type AskedHolds = { readonly users?: readonly string[]; readonly conversations?: readonly string[] };

type Item = Record<string, unknown>;

export function holdStore(db: Database, TableName: string): HoldStore {
  return {
    async among({ users = [], conversations = [] }) {
      const Keys = [
        ...[...new Set(users)].map((userId) => holdKey({ kind: 'user', userId })),
        ...[...new Set(conversations)].map((conversationId) =>
          holdKey({ kind: 'conversation', conversationId }),
        ),
      ];
      return holdsInForce((await batchGet<Item>(db, { TableName, Keys, ConsistentRead: true })).map(decode));
    },

    async *each(after) {
      const place = after !== undefined && { after };
      const query = privacyQuery(TableName, { record: privacyPartitions.holds, ...place });
      for await (const item of queryItems(db, query)) yield decode(item);
    },

    async find(target) {
      const [item] = await queryAll(db, privacyQuery(TableName, holdKey(target)));
      return item && decode(item);
    },

    async replace(hold, before) {
      const Item = encode({ ...hold, revision: (before?.revision ?? 0) + 1 });
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifUnchanged(before, 'since') })));
    },

    remove: async (hold) =>
      succeeds(
        db.send(new DeleteCommand({ TableName, Key: holdKey(hold.target), ...ifUnchanged(hold, 'since') })),
      ),
  };
}

/** Stored under earlier names: `walk` is the backfill, `round` its pass. */
function encode({ backfill, ...rest }: Hold): Item {
  const item = { ...holdKey(rest.target), ...rest };
  if (backfill === undefined) return item;
  const { pass, ...place } = backfill;
  return { ...item, walk: { round: pass, ...place } };
}

function decode({ record: _record, at: _at, walk, ...rest }: Item): Hold {
  if (walk === undefined) return rest as Hold;
  const { round, ...place } = walk as Item;
  return { ...rest, backfill: { pass: round, ...place } } as unknown as Hold;
}
