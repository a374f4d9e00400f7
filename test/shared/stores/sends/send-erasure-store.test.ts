import { sendErasureStore } from '../../../../shared/stores/sends/send-erasure-store.ts';
import { sendKey, sendStore } from '../../../../shared/stores/sends/send-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('sends');
  db = tables.db;
});
afterAll(async () => tables?.close());

const conversationId = `d-${'c'.repeat(32)}`;
const expiresAt = 4_000_000_000 as EpochSeconds;

test('claims made by then are found page by page and removed, later ones stay', async () => {
  const sends = sendStore(db, 'sends');
  const claimOf = (id: number, claimedAt: number, userId = 'alice') => ({
    userId,
    sendKey: sendKey(conversationId, String(id).padStart(4, '0')),
    claimedAt: epochMillis(claimedAt),
    expiresAt,
  });
  for (let id = 0; id < 130; id += 1) await sends.claim(claimOf(id, 10));
  await sends.claim(claimOf(500, 11));
  await sends.claim(claimOf(0, 10, 'bob'));
  const { sendKey: settled } = claimOf(600, 0);
  await sends.recordResult(
    { userId: 'alice', sendKey: settled },
    { seq: 1, sentAt: epochMillis(1), expiresAt },
  );

  const erasures = sendErasureStore(db, 'sends');
  const first = await erasures.page('alice', epochMillis(10));
  const second = await erasures.page('alice', epochMillis(10), first.next);
  const keys = [...first.keys, ...second.keys];
  expect(new Set(keys).size).toBe(131);
  expect(keys).toContain(settled);
  expect(second.next).toBeUndefined();
  expect((await erasures.page('alice', epochMillis(10), undefined, first.next)).keys).toEqual(first.keys);
  for (const key of keys) await erasures.remove('alice', key);
  expect(await erasures.page('alice', epochMillis(10))).toEqual({ keys: [] });
  expect((await erasures.page('alice', epochMillis(11))).keys).toHaveLength(1);
  expect((await erasures.page('bob', epochMillis(10))).keys).toHaveLength(1);
});
