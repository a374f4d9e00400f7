import { connectionStore } from '../../../../shared/stores/connections/connection-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
let db: StoreTables['db'];
beforeAll(async () => {
  tables = await storeTables('connections');
  db = tables.db;
});
afterAll(async () => tables?.close());

const expiresAt = 4_000_000_000 as EpochSeconds;

test.each([
  ['the first', [], 1, 500],
  ['a later end than the others', [400], 1, 400],
  ['an earlier end than the others', [600], 2, 500],
])('%s: in one write it is there, and the clock looks in time', async (_name, before, writes, nextExpiry) => {
  const userId = `ann-${before.length}-${nextExpiry}`;
  const connection = (connectionId: string, ends: number) => ({
    ...{ userId, connectionId, connectedAt: epochMillis(1), consentedPolicy: 'mark' },
    expiresAt: ends as EpochSeconds,
  });
  const connections = connectionStore(db, 'connections');
  for (const ends of before) await connections.add(connection('before', ends), 1 as EpochSeconds);
  const states: unknown[] = [];
  const send = async (command: Parameters<typeof db.send>[0]) => {
    try {
      return await db.send(command);
    } finally {
      const item = await tables.itemOf('connections', { userId });
      states.push([item?.['connections']?.size ?? 0, item?.['nextExpiry']]);
    }
  };
  const watched = connectionStore({ send } as unknown as typeof db, 'connections');
  await watched.add(connection('new', 500), 1 as EpochSeconds);
  expect(states).toHaveLength(writes);
  expect(states.at(-1)).toEqual([before.length + 1, nextExpiry]);
  // Whoever dies in between has written nothing.
  for (const state of states.slice(0, -1)) expect(state).toEqual([before.length, before[0]]);
});

test('nothing is left of a user without connections, and nothing is taken from one who has some', async () => {
  const connections = connectionStore(db, 'connections');
  const connection = {
    userId: 'alice',
    connectionId: 'c1',
    connectedAt: epochMillis(1),
    expiresAt,
    consentedPolicy: 'mark',
  };
  await connections.add(connection, 1 as EpochSeconds);
  await connections.forget('alice');
  expect(await connections.listByUser('alice')).toEqual([connection]);
  await connections.remove(connection);
  expect(await tables.itemOf('connections', { userId: 'alice' })).toBeDefined();
  await connections.forget('alice');
  expect(await tables.itemOf('connections', { userId: 'alice' })).toBeUndefined();
  await connections.forget('alice');
});
