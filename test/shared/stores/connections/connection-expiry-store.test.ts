import { PutCommand } from '@aws-sdk/lib-dynamodb';
import {
  connectionExpiryStore,
  type DueConnections,
} from '../../../../shared/stores/connections/connection-expiry-store.ts';
import { connectionStore } from '../../../../shared/stores/connections/connection-store.ts';
import { expiryShardOf, expiryShards } from '../../../../shared/stores/connections/expiry-shard.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('connections');
});
afterAll(async () => tables?.close());

const at = (seconds: number) => seconds as EpochSeconds;
const connection = (userId: string, connectionId: string, expiresAt: number) => ({
  userId,
  connectionId,
  connectedAt: epochMillis(1),
  expiresAt: at(expiresAt),
  consentedPolicy: 'mark',
});

async function listDue(before: EpochSeconds) {
  const expiries = connectionExpiryStore(tables.db, 'connections');
  const due: DueConnections[] = [];
  for (const shard of expiryShards) for await (const each of expiries.due(shard, before)) due.push(each);
  return due;
}

test('a user is due by their earliest socket, in whatever order they were opened', async () => {
  const connections = connectionStore(tables.db, 'connections');
  await connections.add(connection('alice', 'late', 300), at(1));
  await connections.add(connection('alice', 'early', 100), at(1));
  await connections.add(connection('bob', 'other', 200), at(1));
  expect(await listDue(at(99))).toEqual([]);
  expect(await listDue(at(100))).toEqual([expect.objectContaining({ userId: 'alice', nextExpiry: 100 })]);
  expect(await listDue(at(200))).toHaveLength(2);
});

test('of two runs one has a user, and gives them back with what is due next, or with nothing', async () => {
  const connections = connectionStore(tables.db, 'connections');
  const expiries = connectionExpiryStore(tables.db, 'connections');
  const [early, late] = [connection('carol', 'early', 500), connection('carol', 'late', 600)];
  await connections.add(early, at(1));
  await connections.add(late, at(1));
  const open = await expiries.lease('carol', at(500), at(620));
  expect(open?.live.map(({ connectionId }) => connectionId).toSorted()).toEqual(['early', 'late']);
  expect(await expiries.lease('carol', at(500), at(630))).toBeUndefined();
  // Somebody else's lease is not given back.
  await expiries.giveBack('carol', at(500), at(1));
  expect(await listDue(at(619))).not.toContainEqual(expect.objectContaining({ userId: 'carol' }));
  await expiries.giveBack('carol', at(620), at(600));
  expect((await expiries.lease('carol', at(600), at(640)))?.live).toHaveLength(2);
  await connections.remove(early);
  await expiries.release('carol', at(640), [late]);
  expect((await expiries.lease('carol', at(600), at(640)))?.live).toHaveLength(1);
  await connections.remove(late);
  await expiries.release('carol', at(640), []);
  expect(await listDue(at(9_999))).not.toContainEqual(expect.objectContaining({ userId: 'carol' }));
});

test('the clock can be told to look earlier, and never later', async () => {
  const connections = connectionStore(tables.db, 'connections');
  await connections.add(connection('gus', 'one', 3_000), at(1));
  for (const [asked, due] of [
    [2_900, 2_900],
    [2_950, 2_900],
  ] as const) {
    await connections.lookBy('gus', at(asked));
    expect(await listDue(at(2_999))).toContainEqual(
      expect.objectContaining({ userId: 'gus', nextExpiry: due }),
    );
  }
});

test('who opens a socket while a run has the user is looked at after the run', async () => {
  const connections = connectionStore(tables.db, 'connections');
  const expiries = connectionExpiryStore(tables.db, 'connections');
  const [early, late] = [connection('fay', 'early', 2_500), connection('fay', 'late', 2_600)];
  for (const closed of [early, late]) {
    const kept = closed === early ? [late] : [];
    for (const each of [closed, ...kept]) await connections.add(each, at(1));
    const open = await expiries.lease('fay', closed.expiresAt, at(2_620));
    expect(open?.live).toHaveLength(kept.length + 1);
    const meanwhile = connection('fay', `meanwhile-${closed.connectionId}`, 2_700);
    await connections.add(meanwhile, at(1));
    await connections.remove(closed);
    await expiries.release('fay', at(2_620), kept);
    expect(await listDue(at(2_620))).toContainEqual(
      expect.objectContaining({ userId: 'fay', nextExpiry: 2_620 }),
    );
    for (const each of [meanwhile, ...kept]) await connections.remove(each);
    await connections.forget('fay');
  }
});

test('everybody of a conversation is found at once, whoever is connected', async () => {
  const connections = connectionStore(tables.db, 'connections');
  const users = Array.from({ length: 130 }, (_, index) => `user-${index}`);
  await connections.add(connection('user-3', 'three', 900), at(1));
  await connections.add(connection('user-129', 'last', 900), at(1));
  const found = await connections.listByUsers(users);
  expect(found.map(({ connectionId }) => connectionId).toSorted()).toEqual(['last', 'three']);
  expect(await connections.listByUsers([])).toEqual([]);
});

test('who withdraws is due at once, with what is to be closed apart from what is opened since', async () => {
  const connections = connectionStore(tables.db, 'connections');
  const expiries = connectionExpiryStore(tables.db, 'connections');
  const [phone, desk, later] = ['phone', 'desk', 'later'].map((id) => connection('dora', id, 700));
  await connections.add(phone!, at(1));
  await connections.add(desk!, at(1));
  // Of others, or of some: not as it is.
  for (const seen of [[phone!], [phone!, desk!, later!], [later!]])
    expect(await connections.mute('dora', seen, at(50))).toBe(false);
  expect(await connections.listByUser('dora')).toHaveLength(2);
  expect(await connections.mute('dora', [desk!, phone!], at(50))).toBe(true);
  expect(await connections.listByUser('dora')).toEqual([]);
  expect(await connections.listByUsers(['dora'])).toEqual([]);
  expect(await listDue(at(50))).toContainEqual(expect.objectContaining({ userId: 'dora', nextExpiry: 50 }));
  await connections.add(later!, at(2));
  expect(await connections.mute('dora', [later!], at(60))).toBe(true);
  const sockets = await expiries.lease('dora', at(60), at(90));
  expect(sockets?.live).toEqual([]);
  expect(sockets?.muted.map(({ connectionId }) => connectionId).toSorted()).toEqual([
    'desk',
    'later',
    'phone',
  ]);
  // Nothing is forgotten before it is closed.
  await connections.forget('dora');
  for (const each of [phone!, desk!]) await connections.remove(each);
  expect(await connections.readSockets('dora')).toEqual({ live: [], muted: [later] });
  await connections.remove(later!);
  await connections.forget('dora');
  expect(await tables.itemOf('connections', { userId: 'dora' })).toBeUndefined();
});

test('whoever is due is found in every partition, that of earlier releases too, earliest first', async () => {
  const connections = connectionStore(tables.db, 'connections');
  const expiries = connectionExpiryStore(tables.db, 'connections');
  const users = Array.from({ length: 200 }, (_, index) => `spread-${index}`);
  for (const [index, userId] of users.entries())
    await connections.add(connection(userId, 'one', 20_000 - index), at(10_000));
  const earlier = { userId: 'earlier', expiryIndex: 'connection', nextExpiry: 19_900 };
  await tables.db.send(new PutCommand({ TableName: 'connections', Item: earlier }));

  const due = (await listDue(at(20_000))).filter(({ nextExpiry }) => nextExpiry > 10_000);
  expect(due.map(({ userId }) => userId).toSorted()).toEqual([...users, 'earlier'].toSorted());
  for (const shard of expiryShards) {
    const ends: number[] = [];
    for await (const { nextExpiry } of expiries.due(shard, at(20_000))) ends.push(nextExpiry);
    expect(ends).toEqual(ends.toSorted((one, other) => one - other));
  }
  // Each has its share of the writes, and none thrice that.
  const shares = expiryShards.map(
    (shard) => users.filter((userId) => expiryShardOf(userId) === shard).length,
  );
  expect(shares[0]).toBe(0);
  expect(Math.min(...shares.slice(1))).toBeGreaterThan(0);
  expect(Math.max(...shares)).toBeLessThan(38);
});
