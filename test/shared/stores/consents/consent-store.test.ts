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

test('a line of the ledger ends once: a later erasure does not prolong it', async () => {
  const ledger = consentStore(db, 'consents');
  const line = {
    userId: 'alice',
    entry: 1,
    decision: 'granted',
    purpose: 'chat',
    policyVersion: '1',
    policyDigest: '',
    decidedAt: epochMillis(1),
  } as const;
  await ledger.append(line);
  await ledger.expire(line, 100 as EpochSeconds);
  await ledger.expire(line, 200 as EpochSeconds);
  expect(await ledger.list('alice')).toEqual([{ ...line, expiresAt: 100 }]);
  await expect(ledger.expire({ userId: 'alice', entry: 2 }, 100 as EpochSeconds)).rejects.toThrow();
  expect(await ledger.list('alice')).toHaveLength(1);
});
