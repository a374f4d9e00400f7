import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { eraseLive } from '../../../shared/erasure/erase-live.ts';
import { type Connection, encodeConnection } from '../../../shared/stores/connections/connection.ts';
import { liveStore } from '../../../shared/stores/live/live-store.ts';
import { presenceWatchStore } from '../../../shared/stores/live/presence-watch-store.ts';
import { watchStore } from '../../../shared/stores/live/watch-store.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { askingFor } from '../../support/hold-world.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

/** What goes with an account from the index of who is told of what, and what of others stays. */
let tables: StoreTables;
beforeEach(async () => {
  tables = await storeTables('live');
});
afterEach(async () => tables?.close());

const until = 4e9 as EpochSeconds;
const now = () => epochMillis(1_800_000_000_000);
const request = { userId: 'alice', target: { scope: 'account' }, writtenBy: epochMillis(1_000) } as const;
const room = `r-${'1'.repeat(32)}`;

const socketOf = (userId: string, device = 1): Connection => ({
  userId,
  connectionId: `${userId}-${device}=`,
  connectedAt: epochMillis(1_700_000_000_000),
  expiresAt: until,
  consentedPolicy: '0123456789abcdef',
});

async function world() {
  const live = liveStore(tables.db, 'live');
  const presenceWatches = presenceWatchStore(tables.db, 'live');
  const watches = watchStore(tables.db, 'live', now);
  let returned: ReturnType<typeof epochMillis> | undefined;
  const erase = eraseLive({ live, presenceWatches, watches, returnedAt: async () => returned });
  const sockets = [socketOf('alice'), socketOf('alice', 2)];
  const meant = { ...request, connections: sockets.map(encodeConnection) };
  return {
    ...{ live, presenceWatches, watches, sockets },
    comeBack: () => {
      returned = epochMillis(2_000);
    },
    /** All pieces of the step, as the worker asks for them. */
    async run() {
      const results = [];
      for (let after: string | undefined; results.length < 20; ) {
        const { after: next, ...tally } = await erase(meant, askingFor(), after);
        results.push(tally);
        after = next;
        if (after === undefined) return results;
      }
      throw new Error('there is no end of pieces');
    },
    rows: async () => (await tables.db.send(new ScanCommand({ TableName: 'live' }))).Items ?? [],
  };
}

const keyOf = (row: Readonly<Record<string, unknown>>) => `${row['place']} ${row['entry']}`;
const isOf = (userId: string) => (row: object) => JSON.stringify(row).includes(userId);

test('whom they have asked for and who has asked for them: neither is told of the other any more, and all others are', async () => {
  const { presenceWatches, sockets, run, rows } = await world();
  const [phone, tablet] = sockets as [Connection, Connection];
  const contact = (userId: string) => ({ userId, isContact: true });
  await presenceWatches.replace(phone, [contact('bob'), contact('carol')]);
  await presenceWatches.replace(tablet, [contact('bob')]);
  await presenceWatches.replace(socketOf('bob'), [contact('alice'), contact('carol')]);
  await presenceWatches.replace(socketOf('carol'), [contact('bob')]);
  expect(await presenceWatches.watchersOf('alice', 10)).toHaveLength(1);
  await run();
  expect(await presenceWatches.watchersOf('alice', 10)).toEqual([]);
  expect(await presenceWatches.watchersOf('bob', 10)).toEqual([
    { userId: 'carol', connectionId: 'carol-1=', isContact: true },
  ]);
  expect(await presenceWatches.watchersOf('carol', 10)).toEqual([
    { userId: 'bob', connectionId: 'bob-1=', isContact: true },
  ]);
  // Bob's own row goes on naming whom his connection has asked for, until that ends.
  const left = (await rows()).filter(isOf('alice'));
  expect(left.map(keyOf)).toEqual(['presences#bob bob-1=']);
});

test('no group and no room finds their sockets; the others of them are found as before', async () => {
  const { live, watches, sockets, run, rows } = await world();
  const group = { conversationId: `g-${'1'.repeat(32)}`, shards: 2 };
  const bob = socketOf('bob');
  await live.join([...sockets, bob], await live.noteGroups(['alice', 'bob'], [group], until));
  const watch = ({ userId, connectionId }: Connection) => ({
    ...{ userId, connectionId, conversationId: room, shard: 0, expiresAt: until },
  });
  for (const socket of [...sockets, bob]) {
    await watches.add(watch(socket), socket);
    await watches.count(watch(socket), 1, 1);
  }
  expect(await watches.sizes(room)).toEqual([{ shard: 0, live: 3 }]);
  expect(await run()).toEqual([{ deleted: 3, found: 0, held: 0 }]);
  expect(await live.listByGroup(group)).toEqual([bob]);
  expect(await watches.listShard(room, 0)).toEqual([bob]);
  expect(await watches.sizes(room)).toEqual([{ shard: 0, live: 1 }]);
  expect(await watches.find('alice', room)).toBeUndefined();
  expect(await watches.find('bob', room)).toEqual(watch(bob));
  expect(await live.groupsOf('bob', 10)).toMatchObject([group]);
  expect((await rows()).filter(isOf('alice'))).toEqual([]);
  // Once more there is nothing, and nobody is counted twice.
  expect(await run()).toEqual([{ deleted: 0, found: 0, held: 0 }]);
  expect(await watches.sizes(room)).toEqual([{ shard: 0, live: 1 }]);
});

test('of more groups than a piece has each goes in its turn', async () => {
  const { live, sockets, run, rows } = await world();
  const groups = Array.from({ length: 230 }, (_, index) => ({
    conversationId: `g-${String(index).padStart(32, '0')}`,
    shards: 1,
  }));
  await live.join(sockets, await live.noteGroups(['alice'], groups, until));
  const [, , other] = groups;
  if (other === undefined) throw new Error();
  await live.join([socketOf('bob')], await live.noteGroups(['bob'], [other], until));
  expect((await run()).map(({ deleted, found }) => [deleted, found])).toEqual([
    [100, 0],
    [100, 0],
    [30, 0],
  ]);
  const left = (await rows()).map(keyOf).toSorted();
  expect(left).toEqual([`${other.conversationId}#0 bob-1=`, `groups#bob ${other.conversationId}`].toSorted());
});

test('what they have again since they have come back stays', async () => {
  const { presenceWatches, live, sockets, comeBack, run, rows } = await world();
  const [phone] = sockets as [Connection];
  await presenceWatches.replace(phone, [{ userId: 'bob', isContact: true }]);
  await live.noteGroups(['alice'], [{ conversationId: `g-${'1'.repeat(32)}`, shards: 1 }], until);
  const before = (await rows()).map(keyOf).toSorted();
  comeBack();
  expect(await run()).toEqual([{ deleted: 0, found: 0, held: 0 }]);
  expect((await rows()).map(keyOf).toSorted()).toEqual(before);
});
