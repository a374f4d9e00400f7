import { connectionStore } from '../../../../shared/stores/connections/connection-store.ts';
import { consentAndSocketsStore } from '../../../../shared/stores/consents/consent-and-sockets-store.ts';
import { consentStore } from '../../../../shared/stores/consents/consent-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('consents', 'connections');
});
afterAll(async () => tables?.close());

const socket = (userId: string) => ({
  userId,
  connectionId: `${userId}-1`,
  connectedAt: epochMillis(1),
  expiresAt: 4_000_000_000 as EpochSeconds,
  consentedPolicy: 'mark',
});

test('whether the line is there, and who is connected: one call, a unit for the line and half of one for each user', async () => {
  const store = consentAndSocketsStore(tables.db, { consents: 'consents', connections: 'connections' });
  const connections = connectionStore(tables.db, 'connections');
  await connections.add(socket('alice'), 1 as EpochSeconds);
  await connections.add(socket('bob'), 1 as EpochSeconds);
  await consentStore(tables.db, 'consents').append({
    ...{ userId: 'alice', entry: 1, decision: 'granted', purpose: 'chat' },
    ...{ policyVersion: '1', policyDigest: '', decidedAt: epochMillis(0) },
  });
  const count = unitCounter(tables.db);
  let read: Awaited<ReturnType<typeof store.read>> | undefined;
  const cost = await count(async () => {
    read = await store.read({ userId: 'alice', entry: 2 }, ['alice', 'bob']);
  });
  expect(cost).toEqual({ calls: 1, units: 2 });
  expect(read?.hasLine).toBe(false);
  expect(read?.connections.map(({ connectionId }) => connectionId).toSorted()).toEqual(['alice-1', 'bob-1']);
  expect(await store.read({ userId: 'alice', entry: 1 }, [])).toEqual({ hasLine: true, connections: [] });
});
