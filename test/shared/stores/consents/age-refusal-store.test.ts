import { userId } from '../../../../shared/protocol/values.ts';
import { isRefused } from '../../../../shared/stores/consents/age-refusal.ts';
import { ageRefusalStore, ageSecret } from '../../../../shared/stores/consents/age-refusal-store.ts';
import { consentStore } from '../../../../shared/stores/consents/consent-store.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('consents');
});
afterAll(async () => tables?.close());

const refusals = () => ageRefusalStore(tables.db, 'consents', ageSecret(tables.db, 'consents').findOrMake);
const until = epochSeconds(2_000_000);

test('a refusal is one row under a keyed digest, which every environment finds, with an end and nothing else', async () => {
  expect((await refusals().read('ann')).expiresAt).toBeUndefined();
  await refusals().refuse('ann', until);
  await refusals().refuse('ann', until);
  const { key, expiresAt } = await refusals().read('ann');
  expect(expiresAt).toBe(until);
  const item = await tables.itemOf('consents', key);
  expect(item).toEqual({ ...key, expiresAt: until });
  expect(JSON.stringify(item)).not.toContain('ann');
  expect(userId.safeParse(key.userId).success).toBe(false);
  const another = ageRefusalStore(tables.db, 'consents', async () => Buffer.alloc(32, 1));
  expect((await another.read('ann')).expiresAt).toBeUndefined();
  expect((await refusals().read('ann2')).expiresAt).toBeUndefined();
});

test('it counts until its end, whether or not DynamoDB has taken it away', () => {
  const refusal = { key: { userId: '#', entry: 0 }, expiresAt: until };
  expect(isRefused(refusal, epochMillis(until * 1000 - 1))).toBe(true);
  expect(isRefused(refusal, epochMillis(until * 1000))).toBe(false);
  expect(isRefused({ ...refusal, expiresAt: undefined }, epochMillis(0))).toBe(false);
});

test('no line is appended while a refusal is in force, whoever looked before; and again from its end on', async () => {
  const ledger = consentStore(tables.db, 'consents');
  const lineAt = (entry: number, decidedAt: number) =>
    ({
      userId: 'ben',
      entry,
      decision: 'granted',
      purpose: 'chat',
      policyVersion: '1',
      policyDigest: '',
      decidedAt: epochMillis(decidedAt),
    }) as const;
  const { key } = await refusals().read('ben');
  expect(await ledger.append(lineAt(1, 1), key)).toBe(true);
  expect(await ledger.append(lineAt(1, 1), key)).toBe(false);
  await refusals().refuse('ben', until);
  expect(await ledger.append(lineAt(2, until * 1000 - 1), key)).toBe(false);
  expect(await ledger.list('ben')).toHaveLength(1);
  expect(await ledger.append(lineAt(2, until * 1000), key)).toBe(true);
  expect(await ledger.list('ben')).toHaveLength(2);
});
