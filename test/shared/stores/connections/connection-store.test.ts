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
