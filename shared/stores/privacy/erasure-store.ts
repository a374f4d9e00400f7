import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryAll, queryItems } from '../dynamodb/query-items.ts';
import type { ErasureKey, ErasureRequest } from './erasure-request.ts';
import { erasureKey, erasurePrefix, privacyPartitions } from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';
import { ifUnchanged } from './revision.ts';

export type ErasureStore = {
  /** Strongly consistent. */
  read(key: ErasureKey): Promise<ErasureRequest | undefined>;
  /** False when it is no longer the one of `before`: somebody else goes on with it. */
  save(request: ErasureRequest, before: ErasureRequest | undefined): Promise<boolean>;
  /** False when it has changed: it was asked for once more. */
  close(request: ErasureRequest): Promise<boolean>;
  /** Those of a user that are open. */
  list(userId: string): Promise<readonly ErasureRequest[]>;
  /** All that are open, in the order of their keys, page by page as they are asked for. */
  each(after?: string): AsyncIterable<ErasureRequest>;
};

export function erasureStore(db: Database, TableName: string): ErasureStore {
  return {
    async read(key) {
      const item = await getItem(db, { TableName, Key: erasureKey(key) });
      return item && decode(item);
    },

    async save(request, before) {
      const Item = { ...erasureKey(request), ...request };
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifUnchanged(before, 'requestId') })));
    },

    close: async (request) =>
      succeeds(
        db.send(
          new DeleteCommand({ TableName, Key: erasureKey(request), ...ifUnchanged(request, 'requestId') }),
        ),
      ),

    async list(userId) {
      const atPrefix = erasurePrefix(userId);
      const query = privacyQuery(TableName, { record: privacyPartitions.erasures, atPrefix });
      return (await queryAll(db, query)).map(decode);
    },

    async *each(after) {
      const place = after !== undefined && { after };
      const query = privacyQuery(TableName, { record: privacyPartitions.erasures, ...place });
      for await (const item of queryItems(db, query)) yield decode(item);
    },
  };
}

function decode({ record: _record, at: _at, ...request }: Record<string, unknown>): ErasureRequest {
  return request as ErasureRequest;
}
