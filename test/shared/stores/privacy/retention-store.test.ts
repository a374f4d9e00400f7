import { unchangedRetention, withPeriod } from '../../../../shared/stores/expiry/retention.ts';
import { type RetentionStore, retentionStore } from '../../../../shared/stores/privacy/retention-store.ts';
import { epochMillis, epochSeconds } from '../../../../shared/time.ts';
import { memoryRetentionStore } from '../../../support/memory-retention-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('privacy');
});
afterAll(async () => tables?.close());

const stores: Record<string, () => RetentionStore> = {
  DynamoDB: () => retentionStore(tables.db, 'privacy'),
  'the fake': () => memoryRetentionStore(new Map()),
};

const first = unchangedRetention(60);
const second = withPeriod(first, { from: epochSeconds(9_000), retentionSeconds: 5 }, epochMillis(0));

test.each(Object.keys(stores))(
  '%s: of two that change it one gives way, and each kind has its own',
  async (name) => {
    const store = stores[name]!();
    expect(await store.find('messages')).toBeUndefined();
    expect(await store.replace('messages', first, undefined)).toBe(true);
    expect(await store.replace('messages', second, undefined)).toBe(false);
    const before = await store.find('messages');
    expect(before).toEqual({ ...first, revision: 1 });
    expect(await store.replace('messages', second, before)).toBe(true);
    expect(await store.replace('messages', first, before)).toBe(false);
    expect(await store.find('messages')).toEqual({ ...second, revision: 2 });
    expect(await store.find('profiles')).toBeUndefined();
  },
);

test('it has no time to live: it is remembered for as long as the deployment is there', async () => {
  await retentionStore(tables.db, 'privacy').replace('profiles', first, undefined);
  expect(await tables.itemOf('privacy', { record: 'profile-retention', at: 'periods' })).toEqual({
    record: 'profile-retention',
    at: 'periods',
    periods: [{ from: 0, retentionSeconds: 60 }],
    endedBefore: 0,
    revision: 1,
  });
});
