import type { Connection } from '../../../../shared/stores/connections/connection.ts';
import { connectionStore } from '../../../../shared/stores/connections/connection-store.ts';
import type { BatchWriteCommand, Database } from '../../../../shared/stores/dynamodb/database.ts';
import { connectedStore } from '../../../../shared/stores/live/connected-store.ts';
import {
  grownShards,
  type LiveGroup,
  liveShardsFor,
  placesOf,
} from '../../../../shared/stores/live/live-shard.ts';
import { liveStore } from '../../../../shared/stores/live/live-store.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import { noWatches } from '../../../support/no-live-groups.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('live', 'connections');
});
afterAll(async () => tables?.close());

const until = 4e9 as EpochSeconds;
const open = (userId: string, device = 1): Connection => ({
  userId,
  // As long as API Gateway's and an issuer's.
  connectionId: `${userId.slice(0, 11)}${String(device).padStart(4, '0')}=`,
  connectedAt: epochMillis(1_800_000_000_000),
  expiresAt: until,
  consentedPolicy: '0123456789abcdef',
});
const group = (name: string, shards = 1) => ({ conversationId: `g-${name.padEnd(32, '0')}`, shards });
const notes = (connections: readonly Connection[], ...groups: readonly LiveGroup[]) =>
  [...new Set(connections.map(({ userId }) => userId))].flatMap((userId) =>
    groups.map((each) => ({ ...each, userId })),
  );
const sorted = (connections: readonly Connection[]) =>
  connections.toSorted((one, other) => (one.connectionId < other.connectionId ? -1 : 1));

test('a group finds who has joined it, in all of its shards, and nobody else', async () => {
  const live = liveStore(tables.db, 'live');
  const people = Array.from({ length: 60 }, (_, index) => open(`user-${index}`));
  const [one, other] = [group('one', 2), group('other', 2)];
  await live.join(people, notes(people, one));
  await live.join(people.slice(0, 3), notes(people, other));
  expect(sorted(await live.listByGroup(one))).toEqual(sorted(people));
  await live.join(people.slice(0, 1), notes(people, one));
  await live.leave(people.slice(1, 30), notes(people, one));
  expect(sorted(await live.listByGroup(one))).toEqual(sorted([...people.slice(0, 1), ...people.slice(30)]));
  expect(await live.listByGroup(other)).toHaveLength(3);
  expect(placesOf(one)).toHaveLength(2);
  // A shard by itself has some of them.
  expect((await live.listByGroup({ ...one, shards: 1 })).length).toBeLessThan(31);
});

test('500 connections of a group of 256 are read in two calls for twelve units in place of 128', async () => {
  const live = liveStore(tables.db, 'live');
  const large = group('large', liveShardsFor(256));
  expect(large.shards).toBe(2);
  const uuid = '0f8fad5b-d9cd-469f-a165-70867728';
  const people = Array.from({ length: 500 }, (_, index) => ({
    ...open(`${uuid}${String(index % 250).padStart(4, '0')}`),
    connectionId: `L${String(index).padStart(10, '0')}abcd=`,
  }));
  await live.join(people, notes(people, large));
  const costOf = unitCounter(tables.db);
  const cost = await costOf(async () => expect(await live.listByGroup(large)).toHaveLength(500));
  expect(cost.calls).toBe(2);
  expect(cost.units).toBeLessThanOrEqual(12);
});

test('the large groups of a user are noted, found by their lowest ids, and forgotten', async () => {
  const live = liveStore(tables.db, 'live');
  const groups = ['c', 'a', 'b'].map((name) => group(name));
  await live.noteGroups(['alice', 'bob'], groups, until);
  expect(await live.groupsOf('alice', 2)).toEqual(
    ['a', 'b'].map((name) => ({ ...group(name), userId: 'alice', expiresAt: until })),
  );
  await live.forgetGroups('alice', groups.slice(0, 2));
  expect((await live.groupsOf('alice', 9)).map(({ conversationId }) => conversationId)).toEqual([
    group('b').conversationId,
  ]);
  expect(await live.groupsOf('bob', 9)).toHaveLength(3);
});

test('a connection leaves its groups before its row goes, and those of a user leave together', async () => {
  const live = liveStore(tables.db, 'live');
  const connections = connectedStore(connectionStore(tables.db, 'connections'), live, noWatches);
  const [phone, desk] = [open('carol', 1), open('carol', 2)];
  for (const each of [phone, desk]) await connections.add(each, 0 as EpochSeconds);
  const groups = [group('x'), group('y', 2)];
  await live.noteGroups(['carol'], groups, until);
  await live.join([phone, desk], notes([phone, desk], ...groups));
  await connections.remove(phone);
  for (const each of groups) expect(await connections.listByGroup(each)).toEqual([desk]);
  expect(await connections.listNow(['carol', 'nobody'])).toEqual([desk]);
  await connections.leaveGroups([desk]);
  for (const each of groups) expect(await connections.listByGroup(each)).toEqual([]);
  expect(await connections.listNow(['carol'])).toEqual([desk]);
});

test('a group that grows finds those who came before by their old place and those who come by theirs, each once', async () => {
  const live = liveStore(tables.db, 'live');
  const small = group('grows', liveShardsFor(128));
  const grown = { ...small, shards: grownShards(small.shards, 600) };
  expect(grown.shards).toBe(5);
  expect(grownShards(grown.shards, 40)).toBe(5);
  const before = Array.from({ length: 40 }, (_, index) => open(`old-${index}`));
  const after = Array.from({ length: 40 }, (_, index) => open(`new-${index}`));
  const idsOf = (people: readonly Connection[]) => people.map(({ userId }) => userId);
  await live.join(before, await live.noteGroups(idsOf(before), [small], until));
  // A page of the list notes them once more, with the shards that there are by now: none is moved.
  const again = await live.noteGroups(idsOf(before), [grown], (until + 1) as EpochSeconds);
  expect(again.map(({ shards }) => shards)).toEqual(before.map(() => 1));
  await live.join(after, await live.noteGroups(idsOf(after), [grown], until));
  expect(sorted(await live.listByGroup(grown))).toEqual(sorted([...before, ...after]));
  expect((await live.listByGroup(small)).length).toBeLessThan(80);
  // Of one whose note went meanwhile there is a row in both places.
  await live.join(before, notes(before, grown));
  expect(sorted(await live.listByGroup(grown))).toEqual(sorted([...before, ...after]));
  await live.leave(before, notes(before, grown));

  const [oldest, newest] = [before[0], after[0]];
  if (oldest === undefined || newest === undefined) throw new Error('nobody is there');
  await live.join(before, notes(before, small));
  const connections = connectedStore(connectionStore(tables.db, 'connections'), live, noWatches);
  for (const each of [oldest, newest]) {
    await connections.leaveGroups([each]);
    expect(await live.groupsOf(each.userId, 9)).toMatchObject([{ shards: each === oldest ? 1 : 5 }]);
  }
  expect(sorted(await live.listByGroup(grown))).toEqual(
    sorted([...before, ...after].filter((each) => each !== oldest && each !== newest)),
  );
});

test('who has left a large group is found no more, unless they have come back since', async () => {
  const live = liveStore(tables.db, 'live');
  const large = group('comes-back', 3);
  const { conversationId } = large;
  const phone = open('grace');
  const endAt = async (revision: number) =>
    live.endMembership({ userId: 'grace', conversationId, revision, connections: async () => [phone] });
  const come = async (since?: number) => {
    const named = since === undefined ? large : { ...large, since };
    await live.join([phone], await live.noteGroups(['grace'], [named], until));
  };
  await come();
  await endAt(4);
  expect(await live.listByGroup(large)).toEqual([]);
  expect(await live.groupsOf('grace', 9)).toEqual([]);
  await come(4);
  await endAt(4);
  expect(await live.listByGroup(large)).toEqual([phone]);
  expect(await live.groupsOf('grace', 9)).toMatchObject([{ ...large, since: 4 }]);
  // Noted once more by a page of their list: as who has come then.
  await come();
  await endAt(4);
  expect(await live.listByGroup(large)).toEqual([phone]);
  // Back between the two steps of an end.
  await live.forgetGroups('grace', [large]);
  await come(3);
  await live.endMembership({
    ...{ userId: 'grace', conversationId, revision: 4 },
    connections: async () => {
      await come(4);
      return [phone];
    },
  });
  expect(await live.listByGroup(large)).toEqual([phone]);
  await endAt(5);
  expect(await live.listByGroup(large)).toEqual([]);
});

test('what a busy table turns away is written all the same', async () => {
  let turnedAway = 0;
  const busy = {
    send: async (command: BatchWriteCommand) => {
      const { RequestItems = {} } = command.input;
      const [[name = '', requests = []] = []] = Object.entries(RequestItems);
      if (requests.length === 1) return tables.db.send(command);
      turnedAway += requests.length - 1;
      command.input.RequestItems = { [name]: requests.slice(0, 1) };
      await tables.db.send(command);
      return { UnprocessedItems: { [name]: requests.slice(1) } };
    },
  } as unknown as Database;
  const three = Array.from({ length: 3 }, (_, index) => open('dora', index));
  await liveStore(busy, 'live').join(three, notes(three, group('busy')));
  expect(turnedAway).toBe(3);
  expect(await liveStore(tables.db, 'live').listByGroup(group('busy'))).toHaveLength(3);
});
