import type { Connection } from '../../../shared/stores/connections/connection.ts';
import { conversationStore } from '../../../shared/stores/conversations/conversation-store.ts';
import { roomStore } from '../../../shared/stores/conversations/room-store.ts';
import type { Database } from '../../../shared/stores/dynamodb/database.ts';
import { roomCursorStore } from '../../../shared/stores/live/room-cursor-store.ts';
import { watchStore } from '../../../shared/stores/live/watch-store.ts';
import { roomLogStore } from '../../../shared/stores/messages/room-log-store.ts';
import { roomSendStore } from '../../../shared/stores/sends/room-send-store.ts';
import { roomSendsStore } from '../../../shared/stores/sends/room-sends-store.ts';
import { sendStore } from '../../../shared/stores/sends/send-store.ts';
import { withRooms } from '../../../shared/stores/sends/with-rooms.ts';
import { type EpochSeconds, epochMillis, epochSeconds } from '../../../shared/time.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { type StoreTables, storeTables } from '../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('live', 'conversations', 'messages', 'sends');
});
afterAll(async () => tables?.close());

const at = epochMillis(1_800_000_000_000);
const now = () => at;
const ends = (millis: number) => epochSeconds(millis + 60_000);
const newRoom = async (conversationId: string) =>
  conversationStore(tables.db, 'conversations', now).create(
    {
      ...{ conversationId, kind: 'room', createdAt: at, liveShards: 1 },
      expiresAt: (epochSeconds(at) + 999) as EpochSeconds,
    },
    ['alice'],
    new Set(),
  );

test('numbers of a room are counted, and their times never fall, whoever’s clock is behind', async () => {
  await newRoom('r-1');
  const rooms = roomStore(tables.db, 'conversations');
  const first = await rooms.takeNumber('r-1', at, ends);
  expect(first).toMatchObject({ seq: 1, sentAt: at, head: { kind: 'room', lastSeq: 0, liveShards: 1 } });
  const ahead = epochMillis(at + 5_000);
  expect(await rooms.takeNumber('r-1', ahead, ends)).toMatchObject({ seq: 2, sentAt: ahead });
  expect(await rooms.takeNumber('r-1', at, ends)).toMatchObject({
    seq: 3,
    sentAt: ahead,
    head: { lastSeq: 2, lastExpiresAt: ends(ahead) },
  });
  const many = await Promise.all(Array.from({ length: 9 }, async () => rooms.takeNumber('r-1', at, ends)));
  expect(many.map((each) => each?.seq).toSorted((one = 0, other = 0) => one - other)).toEqual([
    4, 5, 6, 7, 8, 9, 10, 11, 12,
  ]);
  expect(await tables.itemOf('conversations', { conversationId: 'r-1', entry: 'head' })).not.toHaveProperty(
    'expiresAt',
  );
});

test('whoever writes at the same time, and however their clocks differ, each gets a number in two calls at most', async () => {
  await newRoom('r-burst');
  const callsOf: number[] = [];
  const taken = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      let calls = 0;
      const counting = {
        send: async (command: Parameters<typeof tables.db.send>[0]) => {
          calls += 1;
          return tables.db.send(command);
        },
      } as unknown as Database;
      const number = await roomStore(counting, 'conversations').takeNumber(
        'r-burst',
        epochMillis(at + ((index * 37) % 60) * 100),
        ends,
      );
      callsOf.push(calls);
      return number;
    }),
  );
  const inOrder = taken.flatMap((each) => each ?? []).toSorted((one, other) => one.seq - other.seq);
  expect(inOrder.map(({ seq }) => seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
  const times = inOrder.map(({ sentAt }) => sentAt);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(Math.max(...callsOf)).toBe(2);
});

test('no number is given out where there is no room, or one that has ended', async () => {
  const rooms = roomStore(tables.db, 'conversations');
  expect(await rooms.takeNumber('r-none', at, ends)).toBeUndefined();
  await newRoom('r-old');
  expect(await rooms.takeNumber('r-old', epochMillis(at + 999_000), ends)).toBeUndefined();
});

test('of those who see a full room one gives it more parts', async () => {
  await newRoom('r-grows');
  const rooms = roomStore(tables.db, 'conversations');
  const grown = await Promise.all([rooms.grow('r-grows', 1, 2), rooms.grow('r-grows', 1, 2)]);
  expect(grown.toSorted()).toEqual([false, true]);
  expect(await rooms.takeNumber('r-grows', at, ends)).toMatchObject({ head: { liveShards: 2 } });
});

const socket = (userId: string, device = 1): Connection => ({
  ...{ userId, connectionId: `${userId}-${device}`, connectedAt: at, consentedPolicy: 'p' },
  expiresAt: epochSeconds(at + 60_000),
});
const watchOf = ({ userId, connectionId, expiresAt }: Connection, conversationId: string, shard = 0) => ({
  ...{ userId, connectionId, conversationId, shard, expiresAt },
});

test('who watches is found by their own row, until it ends; and by the room’s part', async () => {
  const watches = watchStore(tables.db, 'live', now);
  const [phone, desk] = [socket('bob', 1), socket('bob', 2)];
  expect(await watches.find('bob', 'r-2')).toBeUndefined();
  await watches.add({ ...watchOf(phone, 'r-2'), retention: 60 }, phone);
  await watches.add(watchOf(desk, 'r-2', 1), desk);
  expect(await watches.find('bob', 'r-2')).toMatchObject({ conversationId: 'r-2', userId: 'bob' });
  expect(await watches.find('bob', 'r-22')).toBeUndefined();
  expect(await watches.listShard('r-2', 0)).toEqual([phone]);
  expect(await watches.listShard('r-2', 1)).toEqual([desk]);
  await watches.remove([watchOf(desk, 'r-2', 1)]);
  expect(await watches.listShard('r-2', 1)).toEqual([]);
  expect(await watches.find('bob', 'r-2')).toEqual({ ...watchOf(phone, 'r-2'), retention: 60 });
  await watches.setHeld(watchOf(phone, 'r-2'), true);
  expect(await watches.find('bob', 'r-2')).toMatchObject({ held: true });
  const later = watchStore(tables.db, 'live', () => epochMillis(at + 60_000));
  expect(await later.find('bob', 'r-2')).toBeUndefined();
});

test('the parts of a room know their size, and begin where the first who watched had read to', async () => {
  const watches = watchStore(tables.db, 'live', now);
  const cursors = roomCursorStore(tables.db, 'live');
  await watches.count({ conversationId: 'r-3', shard: 0 }, 1, 7);
  await watches.count({ conversationId: 'r-3', shard: 0 }, 1, 9);
  await watches.count({ conversationId: 'r-3', shard: 1 }, 1, 9);
  await watches.count({ conversationId: 'r-3', shard: 0 }, -1);
  await watches.count({ conversationId: 'r-3', shard: 2 }, -1);
  expect(await watches.sizes('r-3')).toEqual([
    { shard: 0, live: 1 },
    { shard: 1, live: 1 },
  ]);
  expect(await cursors.read({ conversationId: 'r-3', shard: 0 })).toBe(7);
});

test('one tells a part at a time; who comes meanwhile is looked after before it is given back', async () => {
  const cursors = roomCursorStore(tables.db, 'live');
  const part = { conversationId: 'r-4', shard: 0 };
  const until = epochMillis(at + 30_000);
  const progress = { seq: 5, nextAt: epochMillis(at + 250) };
  expect(await cursors.take(part, 'a', at, until)).toBeUndefined();
  await watchStore(tables.db, 'live', now).count(part, 1, 3);
  expect(await cursors.take(part, 'a', at, until)).toEqual({ id: 'a', seq: 3, nextAt: 0, wasLeft: false });
  for (const id of ['b', 'c']) expect(await cursors.take(part, id, at, until)).toBeUndefined();
  expect(await cursors.giveBack(part, 'a', progress)).toBe('again');
  expect(await cursors.goOn(part, 'a', progress, until)).toBe(true);
  expect(await cursors.giveBack(part, 'a', progress)).toBe('given back');
  expect(await cursors.take(part, 'd', at, until)).toEqual({
    ...{ id: 'd', seq: 5, nextAt: progress.nextAt, wasLeft: false },
  });
  const late = epochMillis(until + 1);
  expect(await cursors.take(part, 'e', late, epochMillis(late + 30_000))).toMatchObject({
    seq: 5,
    wasLeft: true,
  });
  expect(await cursors.goOn(part, 'd', { ...progress, seq: 9 }, until)).toBe(false);
  expect(await cursors.giveBack(part, 'd', { ...progress, seq: 9 })).toBe('lost');
  expect(await cursors.take(part, 'f', late, until)).toBeUndefined();
  expect(await cursors.giveBack(part, 'e', { ...progress, seq: 6 }, 'whoever asks')).toBe('given back');
  expect(await cursors.read(part)).toBe(6);
});

test('under a closed number nothing is stored, and none is closed under which something is', async () => {
  const log = roomLogStore(tables.db, 'messages', 0);
  const number = { conversationId: 'r-5', seq: 1, sentAt: at, expiresAt: ends(at) };
  expect(await log.fence(number)).toBe(true);
  expect(await log.fence(number)).toBe(false);
  const { entries } = await log.entries('r-5', 0, 9, steadyRetention(60, now));
  expect(entries).toEqual([{ header: { ...number, held: false, tombstonedAt: 0 } }]);
});

test('the rooms in which somebody has written stand between what they are a member of', async () => {
  const sends = sendStore(tables.db, 'sends');
  const written = roomSendsStore(tables.db, 'sends');
  for (const sendKey of ['d-1#1', 'r-a#1', 'r-a#2', 'r-a-b#1', 'r-c#1'])
    await sends.claim({ userId: 'carol', sendKey, claimedAt: at, expiresAt: ends(at) });
  expect(await written.nextRoom('carol')).toBe('r-a');
  expect(await written.nextRoom('carol', 'r-c')).toBeUndefined();
  expect(await written.nextRoom('nobody')).toBeUndefined();
  const { records, next } = await written.listInRoom('carol', 'r-a');
  expect([records.map(({ sendKey }) => sendKey), next]).toEqual([['r-a#1', 'r-a#2'], undefined]);
  const all = ['d-1', 'g-1', 'r-b'];
  const member = {
    listIds: async (_userId: string, limit: number, after = '') => {
      const rest = all.filter((id) => id > after);
      const ids = rest.slice(0, limit);
      const last = ids.at(-1);
      return { ids, ...(rest.length > limit && last !== undefined && { next: last }) };
    },
  };
  const everywhere = withRooms(member, written);
  for (const limit of [1, 2, 3, 9]) {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await everywhere.listIds('carol', limit, after);
      expect(page.ids.length).toBeLessThanOrEqual(limit);
      found.push(...page.ids);
      after = page.next;
    } while (after !== undefined);
    expect(found).toEqual(['d-1', 'g-1', 'r-a', 'r-a-b', 'r-b', 'r-c']);
  }
});

test('of two repeats one notes where its message goes', async () => {
  const key = { userId: 'dora', sendKey: 'r-a#1' };
  await sendStore(tables.db, 'sends').claim({ ...key, claimedAt: at, expiresAt: ends(at) });
  const places = roomSendStore(tables.db, 'sends');
  const placed = (seq: number) => ({ seq, sentAt: at, expiresAt: ends(at) });
  const noted = await Promise.all(
    [4, 5].map((seq) => places.notePlace(key, placed(seq), ends(at), undefined)),
  );
  expect(noted.toSorted()).toEqual([false, true]);
  expect(await places.notePlace(key, placed(6), ends(at), 3)).toBe(false);
  expect(await places.notePlace({ ...key, sendKey: 'r-a#2' }, placed(6), ends(at), undefined)).toBe(false);
});
