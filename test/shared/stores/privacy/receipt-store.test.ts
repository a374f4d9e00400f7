import type { Receipt } from '../../../../shared/protocol/erasure/table.ts';
import { receiptStore } from '../../../../shared/stores/privacy/receipt-store.ts';
import type { EpochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('privacy');
  db = tables.db;
});
afterAll(async () => tables?.close());

const expiresAt = 4_000_000_000 as EpochSeconds;

test('of a request the latest receipt stays, without the end of its keeping', async () => {
  const receipts = receiptStore(db, 'privacy');
  const receipt: Receipt = {
    scope: 'account',
    requestId: 'r1',
    state: 'refused in part',
    requestedBy: 'user',
    requestedAt: 'then',
    finishedAt: 'now',
    stores: [],
  };
  await receipts.put('alice', receipt, expiresAt);
  await receipts.put('alice', { ...receipt, state: 'done' }, expiresAt);
  await receipts.put('bob', { ...receipt, requestId: 'r9' }, expiresAt);
  expect(await receipts.list('alice')).toEqual([{ ...receipt, state: 'done' }]);
  expect(await tables.itemOf('privacy', { record: 'receipts#alice', at: 'r1' })).toMatchObject({ expiresAt });
});
