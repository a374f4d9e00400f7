import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Head, Member } from '../../../../shared/stores/conversations/conversation.ts';
import type { ConversationStore } from '../../../../shared/stores/conversations/conversation-store.ts';
import { listedStore } from '../../../../shared/stores/conversations/listed-store.ts';
import { graceSeconds } from '../../../../shared/stores/expiry/purge-times.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import {
  type ConversationRows,
  memoryConversationStore,
} from '../../../support/memory-conversation-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';
import { unitCounter } from '../../../support/unit-counter.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
});
afterAll(async () => tables?.close());

const now = 1_800_000_000;
const clock = () => epochMillis(now * 1_000);
const over = (now + graceSeconds) as EpochSeconds;
const later = (over + 1) as EpochSeconds;

type Rows = { readonly head?: Partial<Head>; readonly members: readonly Member[] };
type World = {
  readonly store: Pick<ConversationStore, 'readListed'>;
  put(conversationId: string, rows: Rows): Promise<void>;
};
const headOf = (conversationId: string, rest: Partial<Head>) => ({
  ...{ conversationId, kind: 'group' as const, createdAt: epochMillis(1), lastSeq: 7, lastSentAt: 70 },
  ...rest,
});

const put = async (Item: object) =>
  tables.db.send(new PutCommand({ TableName: 'conversations', Item: { ...Item } }));

const worlds: Record<string, () => World> = {
  DynamoDB: () => ({
    store: listedStore(tables.db, 'conversations', clock),
    async put(conversationId, { head, members }) {
      if (head !== undefined) await put({ ...headOf(conversationId, head), entry: 'head' });
      for (const { userId, ...member } of members)
        await put({ conversationId, entry: `member#${userId}`, userId, ...member });
    },
  }),
  'the fake': () => {
    const rooms = new Map<string, ConversationRows>();
    return {
      store: memoryConversationStore(rooms, { now: clock }),
      async put(conversationId, { head, members }) {
        rooms.set(conversationId, {
          ...(head !== undefined && { head: { ...headOf(conversationId, head), retryMarks: [] } }),
          members: new Map(members.map((member) => [member.userId, member])),
        });
      },
    };
  },
};

const crowd = (count: number): Member[] =>
  Array.from({ length: count }, (_, index) => ({
    userId: `person-${String(index).padStart(3, '0')}`,
    readSeq: index,
  }));

let rooms = 0;

describe.each(Object.keys(worlds))('%s', (name) => {
  let world: World;
  let room: string;
  beforeEach(() => {
    world = worlds[name]!();
    room = `g-${++rooms}`;
  });
  const listed = async (userId = 'person-000') => world.store.readListed(room, userId);

  test.each([1, 2, 32])('of %i members everybody is named, with what is one’s own', async (count) => {
    const members = crowd(count);
    const last = members.at(-1)?.userId;
    const own = { mutedUntil: epochMillis(9), pinned: true as const, role: 'admin' as const };
    await world.put(room, {
      head: { memberCount: count, revision: 3 },
      members: members.map((each) => (each.userId === last ? { ...each, ...own } : each)),
    });
    const found = await listed(last);
    expect(found).toMatchObject({
      head: { conversationId: room, kind: 'group', lastSeq: 7, revision: 3 },
      member: { userId: last, readSeq: count - 1, ...own },
      memberCount: count,
    });
    expect([...(found?.members?.values() ?? [])].map(({ userId, readSeq }) => ({ userId, readSeq }))).toEqual(
      members,
    );
  });

  test.each([33, 34, 120])(
    'of %i members nobody is named, and everybody is counted and finds their own row',
    async (count) => {
      const members = crowd(count);
      await world.put(room, { head: { memberCount: count }, members });
      for (const { userId, readSeq } of [members[0], members[32], members.at(-1)].flatMap(
        (each) => each ?? [],
      )) {
        const found = await listed(userId);
        expect(found).toMatchObject({ member: { userId, readSeq }, memberCount: count });
        expect(found?.members).toBeUndefined();
      }
      expect(await listed('stranger')).toBeUndefined();
    },
  );

  test('a large group says itself how many there are; one of an earlier release is counted', async () => {
    await world.put(room, { head: { memberCount: 39 }, members: crowd(40) });
    expect(await listed()).toMatchObject({ memberCount: 39 });
    await world.put(room, { head: {}, members: crowd(40) });
    expect(await listed()).toMatchObject({ memberCount: 40 });
  });

  test('nobody has it who is no member, where no head is, or where it or their row has ended', async () => {
    const [alice, bob, ...others] = crowd(40);
    if (alice === undefined || bob === undefined) throw new Error('nobody');
    expect(await listed()).toBeUndefined();
    await world.put(room, { members: [alice] });
    expect(await listed()).toBeUndefined();
    for (const rest of [[], others]) {
      await world.put(room, { head: { expiresAt: over }, members: [alice, bob, ...rest] });
      expect(await listed()).toBeUndefined();
      const ends = (expiresAt: EpochSeconds) => ({
        head: { expiresAt: later },
        members: [{ ...alice, expiresAt }, bob, ...rest],
      });
      await world.put(room, ends(over));
      expect(await listed(alice.userId)).toBeUndefined();
      expect(await listed(bob.userId)).toBeDefined();
      await world.put(room, ends(later));
      expect(await listed(alice.userId)).toMatchObject({ member: { userId: alice.userId } });
      expect(await listed('stranger')).toBeUndefined();
    }
  });

  test('rows that have ended make a group large as long as they are there', async () => {
    const ended = crowd(40).map((each, index) => (index > 20 ? { ...each, expiresAt: over } : each));
    await world.put(room, { head: { memberCount: 21 }, members: ended });
    const found = await listed();
    expect(found?.memberCount).toBe(21);
    expect(found?.members).toBeUndefined();
  });

  test('whose row has ended is neither named nor counted', async () => {
    const [alice, bob, carol] = crowd(3);
    if (alice === undefined || bob === undefined || carol === undefined) throw new Error('nobody');
    await world.put(room, {
      head: {},
      members: [alice, { ...bob, expiresAt: over }, { ...carol, expiresAt: later }],
    });
    const found = await listed();
    expect(found).toMatchObject({ memberCount: 2 });
    expect([...(found?.members?.keys() ?? [])]).toEqual([alice.userId, carol.userId]);
  });
});

test('who has left and who is waited for are neither named nor counted, and have no place in it', async () => {
  const { store, put: putRows } = worlds['DynamoDB']!();
  const conversationId = `g-${++rooms}`;
  await putRows(conversationId, { head: {}, members: crowd(2) });
  for (const kind of ['former', 'waiting'])
    for (let index = 0; index < 40; index += 1)
      await put({ conversationId, entry: `${kind}#other-${index}`, userId: `other-${index}` });
  expect((await store.readListed(conversationId, 'person-000'))?.memberCount).toBe(2);
  expect(await store.readListed(conversationId, 'other-0')).toBeUndefined();
});

test('a group of a few is half a unit; of a large one a page and one’s own row', async () => {
  const { store, put: putRows } = worlds['DynamoDB']!();
  const [few, many] = [`g-${++rooms}`, `g-${++rooms}`];
  await putRows(few, { head: { memberCount: 5 }, members: crowd(5) });
  await putRows(many, { head: { memberCount: 300 }, members: crowd(300) });
  const costOf = unitCounter(tables.db);
  expect(await costOf(async () => store.readListed(few, 'person-001'))).toEqual({ calls: 1, units: 0.5 });
  // Of the page half a unit for each 4 kB; of the row, which is read strongly consistently, a whole one.
  expect(await costOf(async () => store.readListed(many, 'person-299'))).toEqual({ calls: 2, units: 1.5 });
  expect(await costOf(async () => store.readListed(many, 'person-001'))).toEqual({ calls: 1, units: 0.5 });
});
