import type { Receipt } from '../../../../shared/protocol/erasure/table.ts';
import { erasureStore } from '../../../../shared/stores/privacy/erasure-store.ts';
import { exportStore } from '../../../../shared/stores/privacy/export-store.ts';
import { holdStore } from '../../../../shared/stores/privacy/hold-store.ts';
import { privacyRecordStore } from '../../../../shared/stores/privacy/privacy-record-store.ts';
import { receiptStore } from '../../../../shared/stores/privacy/receipt-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { accountErasure } from '../../../support/account-erasure.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

/** What the other stores write of a user. */
async function write(userId: string): Promise<void> {
  const { db } = tables;
  const met = { heldIn: 'everywhere', heldConversations: ['g-1'] } as const;
  await erasureStore(db, 'privacy').save({ ...accountErasure, userId, ...met }, undefined);
  const receipt: Receipt = {
    scope: 'account',
    requestId: `receipt of ${userId}`,
    state: 'done',
    requestedBy: 'user',
    requestedAt: 'then',
    finishedAt: 'now',
    stores: [],
  };
  await receiptStore(db, 'privacy').put(userId, receipt, 4e9 as EpochSeconds);
  await exportStore(db, 'privacy').create({
    userId,
    requestId: `export of ${userId}`,
    requestedBy: new Set(['operator']),
    requestedAt: epochMillis(1),
    updatedAt: epochMillis(1),
    state: 'accepted',
    parts: 0,
  });
  const hold = { state: 'held', since: epochMillis(1), moved: 0 } as const;
  await holdStore(db, 'privacy').replace({ ...hold, target: { kind: 'user', userId } }, undefined);
}

test('what a user may know is found, by the keys of those who wrote it: no hold, and nothing of another', async () => {
  for (const userId of ['alice', 'alice2']) await write(userId);
  const records = privacyRecordStore(tables.db, 'privacy');
  expect(await records.about('alice')).toEqual({
    erasures: [accountErasure],
    receipts: [expect.objectContaining({ requestId: 'receipt of alice' })],
    // A set is a list in JSON.
    exports: [expect.objectContaining({ requestId: 'export of alice', askedBy: ['operator'] })],
  });
  expect(await records.about('bob')).toEqual({ erasures: [], receipts: [], exports: [] });
});

test('the keys of the table are not the person’s', async () => {
  const all = Object.values(await privacyRecordStore(tables.db, 'privacy').about('alice')).flat();
  expect(all).toHaveLength(3);
  for (const each of all) {
    expect(each).not.toHaveProperty('record');
    expect(each).not.toHaveProperty('at');
  }
});
