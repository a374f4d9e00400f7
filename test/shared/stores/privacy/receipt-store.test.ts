import type { Receipt } from '../../../../shared/protocol/erasure/table.ts';
import { privacyRecordStore } from '../../../../shared/stores/privacy/privacy-record-store.ts';
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

const receipt: Receipt = {
  scope: 'account',
  requestId: 'r1',
  state: 'refused in part',
  requestedBy: 'user',
  requestedAt: 'then',
  finishedAt: 'now',
  stores: [],
};

test('of a request the latest receipt stays, without the end of its keeping', async () => {
  const receipts = receiptStore(db, 'privacy');
  await receipts.put('alice', receipt, expiresAt);
  await receipts.put('alice', { ...receipt, state: 'done' }, expiresAt);
  await receipts.put('bob', { ...receipt, requestId: 'r9' }, expiresAt);
  expect(await receipts.list('alice')).toEqual([{ ...receipt, state: 'done' }]);
  expect(await tables.itemOf('privacy', { record: 'receipts#alice', at: 'r1' })).toMatchObject({ expiresAt });
});

test('what a second look deletes is added up beside the receipt, whichever comes first and whatever replaces it', async () => {
  const receipts = receiptStore(db, 'privacy');
  const none = { outcome: 'erased', deleted: 0, found: 0, held: 0 } as const;
  const stores = [
    { ...none, store: 'messages', deleted: 2 },
    { ...none, store: 'sends' },
    { ...none, store: 'connections' },
  ] as const;
  const told = { ...receipt, requestId: 'r2', stores };
  await receipts.addLateDeletions('carol', 'r2', { messages: 1, connections: 2 }, expiresAt);
  // A look of a request that has no receipt yet is nobody's.
  expect(await receipts.list('carol')).toEqual([]);
  await receipts.put('carol', told, expiresAt);
  await receipts.addLateDeletions('carol', 'r2', { messages: 4 }, (expiresAt + 5) as EpochSeconds);
  await receipts.addLateDeletions('carol', 'r2', {}, expiresAt);
  await receipts.addLateDeletions('carol', 'r3', { sends: 9 }, expiresAt);
  await receipts.addLateDeletions('carola', 'r2', { sends: 9 }, expiresAt);
  await receipts.put('carol', { ...told, state: 'done' }, expiresAt);
  const amended = [{ ...stores[0], lateDeleted: 5 }, stores[1], { ...stores[2], lateDeleted: 2 }];
  expect(await receipts.list('carol')).toEqual([{ ...told, state: 'done', stores: amended }]);
  // As the user's export has it.
  const { receipts: exported } = await privacyRecordStore(db, 'privacy').about('carol');
  expect(exported).toMatchObject([{ requestId: 'r2', stores: amended }]);
  const key = { record: 'late-deletions#carol', at: 'r2' };
  expect(await tables.itemOf('privacy', key)).toMatchObject({ expiresAt: expiresAt + 5 });
});
