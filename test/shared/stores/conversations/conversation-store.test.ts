import { DeleteCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { conversationBlockStore } from '../../../../shared/stores/conversations/conversation-block-store.ts';
import { conversationEndStore } from '../../../../shared/stores/conversations/conversation-end-store.ts';
import { conversationRowStore } from '../../../../shared/stores/conversations/conversation-row-store.ts';
import {
  type ConversationStore,
  conversationStore,
  type DueKey,
  type DuePage,
} from '../../../../shared/stores/conversations/conversation-store.ts';
import { earlierTitleStore } from '../../../../shared/stores/conversations/earlier-title-store.ts';
import { formerMemberStore } from '../../../../shared/stores/conversations/former-member-store.ts';
import { holdMarkStore } from '../../../../shared/stores/conversations/hold-mark-store.ts';
import { listedStore } from '../../../../shared/stores/conversations/listed-store.ts';
import { membershipStore } from '../../../../shared/stores/conversations/membership-store.ts';
import { purgeIndexStore } from '../../../../shared/stores/conversations/purge-index-store.ts';
import { purgeShardOf } from '../../../../shared/stores/conversations/purge-mark.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';
import {
  type ConversationRows,
  memoryConversationStore,
  takeEnded,
} from '../../../support/memory-conversation-store.ts';
import { type StoreTables, storeTables } from '../../../support/store-tables.ts';

let tables: StoreTables;
beforeAll(async () => {
  tables = await storeTables('conversations');
});
afterAll(async () => tables?.close());

const stores: Record<string, () => ConversationStore> = {
  DynamoDB: () => ({
    ...conversationStore(tables.db, 'conversations', clock),
    ...conversationRowStore(tables.db, 'conversations', clock),
    ...conversationBlockStore(tables.db, 'conversations'),
    ...conversationEndStore(tables.db, 'conversations'),
    ...earlierTitleStore(tables.db, 'conversations'),
    ...membershipStore(tables.db, 'conversations'),
    ...listedStore(tables.db, 'conversations', clock),
    ...purgeIndexStore(tables.db, 'conversations'),
    ...formerMemberStore(tables.db, 'conversations', clock),
    ...holdMarkStore(tables.db, 'conversations'),
  }),
  'the fake': () => memoryConversationStore(fakeRows, { now: clock }),
};
const fakeRows = new Map<string, ConversationRows>();

/** By `expiresAt`, which the template names, and asking nobody. */
const takeByTimeToLive: Record<string, () => Promise<void>> = {
  async DynamoDB() {
    const { Items = [] } = await tables.db.send(new ScanCommand({ TableName: 'conversations' }));
    for (const { conversationId, entry, expiresAt } of Items)
      if (expiresAt * 1000 <= at)
        await tables.db.send(
          new DeleteCommand({ TableName: 'conversations', Key: { conversationId, entry } }),
        );
  },
  'the fake': async () => takeEnded(fakeRows, at),
};

const seconds = (value: number) => value as EpochSeconds;
const none: ReadonlySet<string> = new Set();
let rooms = 0;
let at = 0;
const clock = () => epochMillis(at);

describe.each(Object.keys(stores))('%s', (name) => {
  let store: ConversationStore;
  let room: string;
  let alice: string;
  let bob: string;
  beforeEach(() => {
    store = stores[name]!();
    room = `g-${++rooms}`;
    alice = `alice-${rooms}`;
    bob = `bob-${rooms}`;
  });

  const headOf = (conversationId: string) =>
    ({ conversationId, kind: 'group', createdAt: epochMillis(1), title: 'Trip' }) as const;
  const open = async (conversationId = room, members: readonly string[] = [alice, bob], held = none) =>
    store.create(headOf(conversationId), members, held);
  const head = async () => (await store.read(room))?.head;
  const member = async (userId = alice) => (await store.read(room))?.members.get(userId);

  test('a conversation has its members from the start, those under hold with their mark', async () => {
    expect(await store.read(room)).toBeUndefined();
    await open(room, [alice, bob], new Set([bob]));
    expect(await store.read(room)).toEqual({
      head: { ...headOf(room), lastSeq: 0, lastSentAt: 0, retryMarks: [] },
      members: new Map([
        [alice, { userId: alice, readSeq: 0 }],
        [bob, { userId: bob, readSeq: 0, held: true }],
      ]),
    });
    expect(await store.readHead(room)).toEqual(await head());
  });

  test('to open it again brings back who has left and leaves the rest as it is', async () => {
    await open();
    await store.advanceLastSeq({
      ...{ conversationId: room, seq: 5, sentAt: epochMillis(50), expiresAt: seconds(500) },
    });
    await store.markRead(room, alice, 4);
    expect(await store.removeMember(room, bob)).toBe(true);
    expect(await store.removeMember(room, bob)).toBe(false);
    expect(await member(bob)).toBeUndefined();
    await open();
    expect(await head()).toMatchObject({ lastSeq: 5, lastSentAt: 50, lastExpiresAt: 500 });
    expect(await member()).toMatchObject({ readSeq: 4 });
    expect(await member(bob)).toMatchObject({ readSeq: 0 });
  });

  test('the last number never falls', async () => {
    await open();
    const message = (seq: number) => ({ seq, sentAt: epochMillis(seq * 10), expiresAt: seconds(seq * 100) });
    for (const seq of [3, 2]) await store.advanceLastSeq({ conversationId: room, ...message(seq) });
    expect(await head()).toMatchObject({ lastSeq: 3, lastSentAt: 30, lastExpiresAt: 300 });
    await store.advanceLastSeq({ conversationId: `${room}-none`, ...message(1) });
    expect(await store.read(`${room}-none`)).toBeUndefined();
  });

  test('who repeats a send is marked, once each, until that mark is cleared; it makes no conversation', async () => {
    await open();
    const one = { at: 7, userId: alice };
    const other = { at: 7, userId: bob };
    expect((await store.markRetry(room, one)).retryMarks).toEqual([one]);
    const { retryMarks } = await store.markRetry(room, other);
    expect(retryMarks).toHaveLength(2);
    expect(retryMarks).toEqual(expect.arrayContaining([one, other]));
    const later = { at: 8, userId: alice };
    expect((await store.markRetry(room, later)).retryMarks).toHaveLength(2);
    // It has been made anew since it was read.
    await store.clearRetries(room, [one]);
    expect((await head())?.retryMarks).toEqual(expect.arrayContaining([later, other]));
    await store.clearRetries(room, [later]);
    expect((await head())?.retryMarks).toEqual([other]);
    await store.clearRetries(room, [other]);
    expect((await head())?.retryMarks).toEqual([]);
    await expect(store.markRetry(`${room}-none`, one)).rejects.toThrow();
    await store.clearRetries(`${room}-none`, [one]);
    expect(await store.readHead(`${room}-none`)).toBeUndefined();
  });

  test('a pair is that of whoever is left, and nobody’s once it has been stripped', async () => {
    await store.create({ ...headOf(room), pair: [alice, bob] }, [alice, bob], none);
    await store.keepPair(room, [bob]);
    expect((await head())?.pair).toEqual([bob]);
    await store.strip(room);
    expect(await head()).not.toHaveProperty('pair');
    expect(await head()).not.toHaveProperty('title');
    await store.keepPair(room, [bob]);
    expect(await head()).not.toHaveProperty('pair');
    await store.restorePair(room, [alice, bob]);
    expect((await head())?.pair).toEqual([alice, bob]);
  });

  test('of an expiry the sweeper is told before, and an earlier one moves the bound', async () => {
    await open();
    const times = (at: number) => ({ sentAt: epochMillis(at * 1_000), expiresAt: seconds(at + 5_000) });
    await store.scheduleExpiry(room, times(2_000));
    await store.scheduleExpiry(room, times(3_000));
    expect(await head()).toMatchObject({ nextPurgeAt: 7_000, purgeFrom: 2_000_000, purgeRevision: 2 });
    await store.scheduleExpiry(room, { ...times(1_000), mixedUntil: seconds(9_000) });
    expect(await head()).toMatchObject({ nextPurgeAt: 6_000, purgeFrom: 2_000_000, mixedUntil: 9_000 });
    await store.scheduleExpiry(room, { ...times(4_000), mixedUntil: seconds(8_000) });
    expect(await head()).toMatchObject({ nextPurgeAt: 6_000, mixedUntil: 9_000, purgeRevision: 6 });
    await store.scheduleExpiry(`${room}-none`, times(1_000));
    expect(await store.readHead(`${room}-none`)).toBeUndefined();
  });

  test('the sweeper moves a mark on only as it has seen it, and takes away what is not in it', async () => {
    await open();
    expect(await store.replacePurgeMark((await store.readHead(room))!, {})).toBe(false);
    await store.scheduleExpiry(room, { sentAt: epochMillis(2_000_000), expiresAt: seconds(7_000) });
    const seen = (await store.readHead(room))!;
    const { purgeShard } = seen as { readonly purgeShard: string };
    const draining = { purgeShard, nextPurgeAt: seconds(8_000), drainingSince: seconds(9) };
    expect(await store.replacePurgeMark(seen, draining)).toBe(true);
    expect(await store.replacePurgeMark(seen, {})).toBe(false);
    expect(await head()).toMatchObject({ ...draining, purgeRevision: 2 });
    expect(await head()).not.toHaveProperty('purgeFrom');
    await store.scheduleExpiry(room, { sentAt: epochMillis(3_000_000), expiresAt: seconds(9_000) });
    expect(await head()).not.toHaveProperty('drainingSince');
    expect(await head()).toMatchObject({ nextPurgeAt: 8_000, purgeFrom: 3_000_000 });
    const settled = { settledSeq: 4, settledAt: seconds(10) };
    expect(await store.replacePurgeMark((await store.readHead(room))!, settled)).toBe(true);
    expect(await head()).toMatchObject(settled);
    expect(await head()).not.toHaveProperty('purgeShard');
  });

  test('the place of the sweeper has the revision of its mark, and goes with the next mark without one', async () => {
    await open();
    await store.scheduleExpiry(room, { sentAt: epochMillis(2_000_000), expiresAt: seconds(7_000) });
    const kept = {
      count: 2,
      hasEnded: false,
      nextPurgeAt: 7_000,
      purgeFrom: 2_000_000,
      latest: 8_000,
      mixedUntil: 0,
    };
    const place = { after: 240, whole: true, finished: false, kept };
    const mark = { purgeShard: '1', nextPurgeAt: seconds(7_000), purgeFrom: epochMillis(2_000_000) };
    expect(await store.replacePurgeMark((await store.readHead(room))!, { ...mark, place })).toBe(true);
    const seen = await store.readHead(room);
    expect(seen).toMatchObject({ purgeRevision: 2, purgePlace: { ...place, revision: 2 } });
    expect(await store.replacePurgeMark(seen!, mark)).toBe(true);
    expect(await store.readHead(room)).not.toHaveProperty('purgePlace');
  });

  test('what is due is found in every shard, by either bound and once', async () => {
    const ids = Array.from({ length: 10 }, (_, digit) => `${room}-${digit}`);
    for (const [index, id] of ids.entries()) {
      await open(id);
      const expiry = { sentAt: epochMillis(1_000 + index), expiresAt: seconds(100 + index) };
      await store.scheduleExpiry(id, expiry);
    }
    const due = async (expiredBy: number, sentBy: number) => {
      const found: string[] = [];
      for await (const id of store.listDue({ expiredBy: seconds(expiredBy), sentBy: epochMillis(sentBy) }))
        found.push(id);
      return found.toSorted();
    };
    expect(await due(109, 1_009)).toEqual(ids);
    expect(await due(103, 0)).toEqual(ids.slice(0, 4));
    expect(await due(0, 1_003)).toEqual(ids.slice(0, 4));
    expect(await due(99, 999)).toEqual([]);
    expect(await store.earliestBounds()).toEqual({ nextPurgeAt: 100, purgeFrom: 1_000 });
    for (const id of ids) await store.holdConversation(id);
    expect(await due(109, 1_009)).toEqual([]);
  });

  test('of one list of a shard a page goes on behind an entry, also when that one is no longer in it', async () => {
    const ids = Array.from({ length: 80 }, (_, index) => `${room}-${index}-0`);
    for (const [index, id] of ids.entries()) {
      await open(id);
      const expiry = { sentAt: epochMillis(1_000 + index), expiresAt: seconds(100 + Math.floor(index / 40)) };
      await store.scheduleExpiry(id, expiry);
    }
    const shard = purgeShardOf(`${room}-0`);
    const until = { expiredBy: seconds(101), sentBy: epochMillis(1_069) };
    for (const [by, count] of [
      ['nextPurgeAt', 80],
      ['purgeFrom', 70],
    ] as const) {
      const found: DueKey[] = [];
      for (let page: DuePage | undefined; page === undefined || page.more; found.push(...page.due)) {
        page = await store.listDuePage({ shard, by }, until, found.at(-1));
        const last = page.due.at(-1);
        if (last !== undefined) await store.holdConversation(last.conversationId);
        if (last !== undefined) await store.releaseConversation(last.conversationId, seconds(9_000));
      }
      expect(new Set(found.map(({ conversationId }) => conversationId)).size).toBe(count);
      expect(found.map(({ bound }) => bound)).toEqual(
        found.map(({ bound }) => bound).toSorted((one, other) => one - other),
      );
      for (const [index, id] of ids.entries()) {
        const head = await store.readHead(id);
        const expiresAt = seconds(100 + Math.floor(index / 40));
        await store.replacePurgeMark(head!, {
          purgeShard: shard,
          nextPurgeAt: expiresAt,
          purgeFrom: epochMillis(1_000 + index),
        });
      }
    }
    expect(await store.listDuePage({ shard: '9', by: 'purgeFrom' }, until)).toEqual({ due: [], more: false });
  });

  test('a hold takes the head out of the indexes, and a release puts it back to be looked through', async () => {
    await open();
    await store.scheduleExpiry(room, { sentAt: epochMillis(2_000_000), expiresAt: seconds(7_000) });
    await store.holdConversation(room);
    expect(await head()).toEqual({
      ...{ ...headOf(room), lastSeq: 0, lastSentAt: 0, retryMarks: [] },
      ...{ held: true, purgeRevision: 2 },
    });
    await store.releaseConversation(room, seconds(70_000));
    expect(await head()).toMatchObject({
      ...{ nextPurgeAt: 70_000, purgeFrom: 70_000_000, releasedAt: 70_000, mixedUntil: 156_400 },
      purgeRevision: 3,
    });
    expect((await head())?.purgeShard).toBeDefined();
    expect(await head()).not.toHaveProperty('held');
    // The second look, and the release of a person: the order of ends is known.
    await store.replacePurgeMark((await store.readHead(room))!, { settledSeq: 1, settledAt: seconds(9) });
    await store.releaseConversation(room, seconds(80_000));
    expect(await head()).toMatchObject({ nextPurgeAt: 80_000, purgeFrom: 80_000_000, releasedAt: 80_000 });
    expect(await head()).not.toHaveProperty('mixedUntil');
    await store.holdConversation(`${room}-none`);
    await store.releaseConversation(`${room}-none`, seconds(9));
    expect(await store.readHead(`${room}-none`)).toBeUndefined();
  });

  test('a hold marks a member, and makes none', async () => {
    await open();
    await store.setMemberHeld(room, alice, true);
    expect(await member()).toEqual({ userId: alice, readSeq: 0, held: true });
    await store.setMemberHeld(room, alice, false);
    expect(await member()).toEqual({ userId: alice, readSeq: 0 });
    await store.setMemberHeld(room, 'mallory', true);
    expect(await member('mallory')).toBeUndefined();
  });

  test('a member is read alone, whether or not there is such a conversation', async () => {
    await open(room, [alice, bob], new Set([bob]));
    expect(await store.readMember(room, bob)).toEqual(await member(bob));
    expect(await store.readMember(room, 'mallory')).toBeUndefined();
    expect(await store.readMember(`${room}-none`, bob)).toBeUndefined();
  });

  test('of several conversations the first that exists is read, with those who are asked for', async () => {
    const later = `${room}-later`;
    await open(room, [alice, bob, 'carol']);
    await open(later);
    await store.markRead(room, bob, 3);
    const found = await store.readFirst([`${room}-none`, room, later], [alice, bob, 'mallory']);
    expect(found?.head).toEqual(await head());
    expect([...(found?.members.values() ?? [])].map(({ userId, readSeq }) => [userId, readSeq])).toEqual([
      [alice, 0],
      [bob, 3],
    ]);
    expect(await store.readFirst([`${room}-none`], [alice, bob])).toBeUndefined();
  });

  test('who takes part of their own accord is marked, and is found by that among many', async () => {
    await open();
    await store.markEngaged(room, alice);
    for (const [id, userId] of [
      [room, 'mallory'],
      [`${room}-none`, bob],
    ] as const)
      await store.markEngaged(id, userId);
    expect(await store.readMember(room, alice)).toMatchObject({ userId: alice, engaged: true });
    expect(await member(bob)).not.toHaveProperty('engaged');
    expect(await store.readMember(`${room}-none`, bob)).toBeUndefined();
    const others = Array.from({ length: 120 }, (_, index) => ({
      conversationId: `${room}-${index}`,
      userId: bob,
    }));
    const keys = [...others, ...[alice, bob, 'mallory'].map((userId) => ({ conversationId: room, userId }))];
    expect(await store.listEngaged(keys)).toEqual(new Set([alice]));
  });

  test('a place moves forward only, and only a member has one', async () => {
    await open();
    expect(await store.markRead(room, alice, 5)).toBe(true);
    expect(await store.markRead(room, alice, 5)).toBe(false);
    expect(await store.markRead(room, alice, 4)).toBe(false);
    expect(await store.markRead(room, 'mallory', 4)).toBe(false);
    expect(await member()).toMatchObject({ readSeq: 5 });
    expect(await member('mallory')).toBeUndefined();
  });

  test('a user’s conversations come in pages, with what is known of them as their member', async () => {
    const ids = ['a', 'b', 'c'].map((letter) => `${room}-${letter}`);
    for (const id of ids) await open(id);
    await open(`${room}-d`, [bob]);
    const first = await store.listIds(alice, 2);
    expect(first).toEqual({ ids: ids.slice(0, 2), next: ids[1] });
    expect(await store.listIds(alice, 2, first.next)).toEqual({ ids: ids.slice(2) });
    await store.removeMember(ids[1]!, alice);
    const asked = [...ids, `${room}-d`, `${room}-none`];
    const found = await store.readMemberships(alice, asked);
    expect(found.map(({ head: { conversationId } }) => conversationId)).toEqual([ids[0], ids[2]]);
    expect(found[0]?.member).toEqual({ userId: alice, readSeq: 0 });
  });

  describe('rows that end', () => {
    const day = 86_400;
    const end = seconds(9 * day);
    /** Readers leave a row a minute before time to live may take it. */
    const lastMoment = (end - 60) * 1000 - 1;
    beforeEach(() => {
      at = 0;
    });
    afterEach(() => {
      at = 0;
    });
    const openUntil = async (expiresAt = end, held = none) =>
      store.create({ ...headOf(room), expiresAt }, [alice, bob], held);
    const members = async () => [...((await store.read(room))?.members.keys() ?? [])].toSorted();

    test('are there until a minute before, and then for nobody', async () => {
      await openUntil();
      at = lastMoment;
      expect(await head()).toMatchObject({ expiresAt: end });
      expect(await members()).toEqual([alice, bob].toSorted());
      expect(await store.readMember(room, alice)).toMatchObject({ expiresAt: end });
      await store.markEngaged(room, alice);
      expect(await store.listEngaged([{ conversationId: room, userId: alice }])).toEqual(new Set([alice]));
      at += 1;
      expect(await store.read(room)).toBeUndefined();
      expect(await store.readMember(room, alice)).toBeUndefined();
      expect(await store.readFirst([room], [alice])).toBeUndefined();
      expect(await store.listEngaged([{ conversationId: room, userId: alice }])).toEqual(new Set());
      // The sweeper and an erasure look at what is there.
      expect(await store.readHead(room)).toMatchObject({ expiresAt: end });
      expect((await store.listIds(alice, 2)).ids).toEqual([room]);
      expect(await store.listMemberIds(room)).toEqual(expect.arrayContaining([alice, bob]));
    });

    test('stay once they are kept, each on its own', async () => {
      await openUntil();
      await store.keepHead(room);
      await store.keepMember(room, alice);
      await store.keepMember(room, 'mallory');
      at = lastMoment + 1;
      expect(await members()).toEqual([alice]);
      expect(await head()).not.toHaveProperty('expiresAt');
      expect(await member()).toEqual({ userId: alice, readSeq: 0 });
      expect(await store.readMember(room, 'mallory')).toBeUndefined();
    });

    test('a member who reads has come', async () => {
      await openUntil();
      await store.keepHead(room);
      expect(await store.markRead(room, alice, 1)).toBe(true);
      expect(await member()).not.toHaveProperty('expiresAt');
    });

    test('a later end is taken and an earlier one is not; who stays goes on staying', async () => {
      await openUntil();
      await store.keepMember(room, alice);
      for (const userId of [alice, bob, 'mallory']) {
        await store.prolongMember(room, userId, seconds(end + 2));
        await store.prolongMember(room, userId, seconds(end + 1));
      }
      expect(await member(bob)).toMatchObject({ expiresAt: end + 2 });
      expect(await member(alice)).not.toHaveProperty('expiresAt');
      expect(await store.readMember(room, 'mallory')).toBeUndefined();
    });

    test('opened again they are new where they had ended, and prolonged where not', async () => {
      await openUntil();
      await store.markEngaged(room, alice);
      await openUntil(seconds(end + day));
      expect(await head()).toMatchObject({ expiresAt: end + day });
      expect(await member()).toMatchObject({ engaged: true, expiresAt: end + day });
      at = (end + day) * 1000;
      await openUntil(seconds(end + 3 * day));
      expect(await head()).toMatchObject({ expiresAt: end + 3 * day });
      expect(await member()).toEqual({
        ...{ userId: alice, readSeq: 0 },
        expiresAt: end + 3 * day,
      });
    });

    test('opened again without an end, what stands is kept', async () => {
      await openUntil();
      await store.markEngaged(room, alice);
      await open();
      at = lastMoment + 1;
      expect(await members()).toEqual([alice, bob].toSorted());
      expect(await member()).toMatchObject({ engaged: true });
    });

    test('what has ended is removed, and what has not stays', async () => {
      await openUntil();
      at = lastMoment;
      await store.removeEnded(room);
      expect(await store.readHead(room)).toBeDefined();
      at += 1;
      await store.removeEnded(room);
      expect(await store.readHead(room)).toBeUndefined();
      await open(`${room}-kept`);
      await store.removeEnded(`${room}-kept`);
      expect(await store.readHead(`${room}-kept`)).toBeDefined();
    });

    test('under hold they have their end still, and nobody deletes by it', async () => {
      await openUntil(end, new Set([bob]));
      await store.setMemberEndHeld(room, alice, true, end);
      await store.setMemberEndHeld(room, 'mallory', true, end);
      await store.holdConversation(room);
      expect(await head()).toMatchObject({ held: true, expiresAt: end });
      await store.prolongMember(room, bob, seconds(end + 1));
      expect(await member(bob)).toMatchObject({ held: true, expiresAt: end + 1 });
      at = end * 1000;
      expect(await store.read(room)).toBeUndefined();
      await takeByTimeToLive[name]!();
      await store.removeEnded(room);
      expect(await store.readHead(room)).toBeDefined();
      expect(await store.listMemberIds(room)).toEqual(expect.arrayContaining([alice, bob]));
      // Opened again, what is held is what it was.
      await openUntil(seconds(end + day));
      expect(await member(bob)).toMatchObject({ held: true, expiresAt: end + day });
      at = (end + day) * 1000;
      for (const userId of [alice, bob]) await store.setMemberEndHeld(room, userId, false, end);
      await store.releaseConversation(room, seconds(end));
      await takeByTimeToLive[name]!();
      expect(await store.listMemberIds(room)).toEqual([]);
      expect(await store.readHead(room)).toBeUndefined();
    });
  });
});
