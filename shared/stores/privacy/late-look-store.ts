import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryItems } from '../dynamodb/query-items.ts';
import type { LateLook } from './late-look.ts';
import { lateLookKey, privacyPartitions } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';
import { ifUnchanged } from './revision.ts';

export type LateLookStore = {
  /** Strongly consistent. */
  read(id: string): Promise<LateLook | undefined>;
  /** False when it is no longer the one of `before`, or is there already: somebody else goes on with it. */
  save(look: LateLook, before: LateLook | undefined): Promise<boolean>;
  remove(look: LateLook): Promise<boolean>;
  /** All that are not over, in the order of their ids, page by page as they are asked for. */
  each(after?: string): AsyncIterable<LateLook>;
};

export function lateLookStore(db: Database, TableName: string): LateLookStore {
  return {
    async read(id) {
      const item = await getItem(db, { TableName, Key: lateLookKey(id) });
      return item && decode(item);
    },

    save: async (look, before) =>
      succeeds(
        db.send(
          new PutCommand({
            TableName,
            Item: { ...lateLookKey(look.id), ...look },
            ...ifUnchanged(before, 'noteId'),
          }),
        ),
      ),

    remove: async (look) =>
      succeeds(
        db.send(new DeleteCommand({ TableName, Key: lateLookKey(look.id), ...ifUnchanged(look, 'noteId') })),
      ),

    async *each(after) {
      const place = after !== undefined && { after };
      const query = privacyQuery(TableName, { record: privacyPartitions.lateLooks, ...place });
      for await (const item of queryItems(db, query)) yield decode(item);
    },
  };
}

function decode({ record: _record, at: _at, ...look }: Record<string, unknown>): LateLook {
  return look as LateLook;
}
