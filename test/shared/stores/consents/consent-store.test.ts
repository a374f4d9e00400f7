import { consentStore } from '../../../../shared/stores/consents/consent-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('consents');
  db = tables.db;
});
afterAll(async () => tables?.close());

const line = {
  userId: 'alice',
  entry: 1,
  decision: 'granted',
  purpose: 'chat',
  policyVersion: '1',
  policyDigest: '',
  decidedAt: epochMillis(1),
} as const;

test('a line of the ledger ends once: a later erasure does not prolong it', async () => {
  const ledger = consentStore(db, 'consents');
  await ledger.append(line);
  await ledger.expire(line, 100 as EpochSeconds);
  await ledger.expire(line, 200 as EpochSeconds);
  expect(await ledger.list('alice')).toEqual([{ ...line, expiresAt: 100 }]);
  await expect(ledger.expire({ userId: 'alice', entry: 2 }, 100 as EpochSeconds)).rejects.toThrow();
  expect(await ledger.list('alice')).toHaveLength(1);
});

test('a line is written once, and the last one is that of the highest number', async () => {
  const ledger = consentStore(db, 'consents');
  const lines = [1, 2, 10].map((entry) => ({ ...line, userId: 'bob', entry }));
  for (const each of lines) expect(await ledger.append(each)).toBe(true);
  expect(await ledger.append({ ...line, userId: 'bob', entry: 10, decision: 'withdrawn' })).toBe(false);
  expect(await ledger.last('bob')).toEqual(lines[2]);
  expect(await ledger.list('bob')).toEqual(lines);
  expect(await ledger.last('carol')).toBeUndefined();
});
