import type { Database } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { amended, type Told } from './late-deletions.ts';
import {
  erasurePrefix,
  exportKey,
  type PrivacyKey,
  privacyPartitions,
  receiptPartition,
} from './privacy-keys.ts';
import { privacyQuery } from './privacy-query.ts';
import { lateDeletionsOf } from './receipt-store.ts';

export type PrivacyRecords = Readonly<Record<'erasures' | 'exports' | 'receipts', readonly object[]>>;

export type PrivacyRecordStore = {
  /** What the user may know: open requests and receipts, as they are stored. A hold is not theirs to see, nor where an erasure has met one. */
  about(userId: string): Promise<PrivacyRecords>;
};

type Item = Record<string, unknown>;

export function privacyRecordStore(db: Database, TableName: string): PrivacyRecordStore {
  return {
    async about(userId) {
      const [erasures, receipts, late, exported] = await Promise.all([
        list(privacyPartitions.erasures, erasurePrefix(userId)),
        list(receiptPartition(userId)),
        lateDeletionsOf(db, TableName, userId),
        single(exportKey(userId)),
      ]);
      return { erasures, exports: exported, receipts: receipts.map((each) => amended(each as Told, late)) };
    },
  };

  async function single(Key: PrivacyKey): Promise<readonly Item[]> {
    const item = await getItem(db, { TableName, Key });
    return item === undefined ? [] : [plain(item)];
  }

  async function list(record: string, atPrefix?: string): Promise<readonly Item[]> {
    const query = privacyQuery(TableName, { record, ...(atPrefix !== undefined && { atPrefix }) });
    return (await queryAll(db, query)).map(plain);
  }
}

/** The keys are the table's, not the person's; JSON knows no sets. */
function plain({ record: _record, at: _at, heldIn: _in, heldConversations: _held, ...rest }: Item): Item {
  return Object.fromEntries(
    Object.entries(rest).map(([name, value]) => [name, value instanceof Set ? [...value] : value]),
  );
}
