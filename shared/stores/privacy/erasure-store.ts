import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryAll } from '../dynamodb/query-items.ts';
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
  /** All that are open, of one user or of all. */
  list(userId?: string): Promise<readonly ErasureRequest[]>;
};

export function erasureStore(db: Database, TableName: string): ErasureStore {
  return {
    async read(key) {
      const item = await getItem(db, { TableName, Key: erasureKey(key) });
      return item && decode(item);
    },

    async save(request, before) {
      const Item = { ...erasureKey(request), ...request };
      return succeeds(db.send(new PutCommand({ TableName, Item, ...ifUnchanged(before) })));
    },

    close: async (request) =>
      succeeds(db.send(new DeleteCommand({ TableName, Key: erasureKey(request), ...ifUnchanged(request) }))),

    async list(userId) {
      const ofUser = userId !== undefined && { atPrefix: erasurePrefix(userId) };
      const query = privacyQuery(TableName, { record: privacyPartitions.erasures, ...ofUser });
      return (await queryAll(db, query)).map(decode);
    },
  };
}

function decode({ record: _record, at: _at, ...request }: Record<string, unknown>): ErasureRequest {
  return request as ErasureRequest;
}
