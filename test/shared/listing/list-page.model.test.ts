import fc from 'fast-check';
import { listPage, recency } from '../../../shared/listing/list-page.ts';
import { cursorOf, positionOf } from '../../../shared/listing/list-position.ts';
import { markRecent, noteRecent } from '../../../shared/listing/note-recent.ts';
import { conversationsFrame } from '../../../shared/protocol/conversations/frames.ts';
import { type EpochMillis, epochMillis } from '../../../shared/time.ts';
import { type ConversationRows, memoryConversationStore } from '../../support/memory-conversation-store.ts';
import { memoryRecentStore, type RecentRows } from '../../support/memory-recent-store.ts';

const start = Date.parse('2026-11-20T00:00:00Z');
const day = 86_400_000;
const retentionSeconds = 7 * 86_400;
const idOf = (index: number) => `g-${String((index * 7_919) % 10_007).padStart(6, '0')}`;

/** Conversations of one person, of whom all marks and heads are in memory; messages are nothing but their times. */
function listWorld() {
  const rooms = new Map<string, ConversationRows>();
  const marks: RecentRows = new Map();
  const conversations = memoryConversationStore(rooms);
  const recent = memoryRecentStore(marks);
  let looked = 0;
  let ids: readonly string[] = [];
  const deps = {
    conversations: {
      async listIds(_user: string, limit: number, after = '') {
        if (ids.length !== rooms.size) ids = [...rooms.keys()].toSorted();
        const from = ids.findIndex((id) => id > after);
        const page = from < 0 ? [] : ids.slice(from, from + limit);
        const last = page.at(-1);
        return { ids: page, ...(last !== undefined && last !== ids.at(-1) && { next: last }) };
      },
      readListed: async (id: string, userId: string) => {
        looked += 1;
        return conversations.readListed(id, userId);
      },
    },
    recent,
  };
  const headOf = (id: string) => rooms.get(id)!.head!;

  return {
    looked: () => looked,
    rooms,
    /** `marked`: as this release makes it; else as an earlier one has. */
    async open(id: string, at: EpochMillis, marked: boolean) {
      const recentOn = new Date(at).toISOString().slice(0, 10);
      if (marked) await markRecent({ recent, retentionSeconds }, ['alice', 'bob'], id, at);
      const head = { conversationId: id, kind: 'group' as const, createdAt: at, ...(marked && { recentOn }) };
      await conversations.create(head, ['alice', 'bob'], new Set());
    },
    /** `dies` before the message is there, or before the head and the old marks are settled. */
    async write(id: string, at: EpochMillis, dies?: 'unwritten' | 'unsettled') {
      const conversation = (await conversations.read(id))!;
      const later = { recentJobs: undefined, now: () => at };
      const settle = await noteRecent(
        { recent, conversations, retentionSeconds, ...later },
        conversation,
        at,
      );
      if (dies !== 'unsettled') await settle();
      if (dies === 'unwritten') return;
      const { lastSeq } = headOf(id);
      rooms.set(id, { ...rooms.get(id)!, head: { ...headOf(id), lastSeq: lastSeq + 1, lastSentAt: at } });
    },
    async page(cursor: string | undefined, at: EpochMillis, size: number, cut = size) {
      const from = cursor === undefined ? undefined : positionOf(cursor, at);
      const { entries, next } = await listPage(deps, 'alice', from, size, at);
      // As where a frame is full.
      const shown = entries.slice(0, Math.max(1, cut));
      const end = entries[shown.length]?.position ?? next;
      const nextCursor = end && cursorOf(end);
      if (nextCursor !== undefined)
        conversationsFrame.parse({ action: 'conversations', id: '1', cursor: nextCursor });
      return { shown: shown.map(({ listed }) => listed), next: nextCursor };
    },
  };
}

const writes = fc.record({
  room: fc.nat(199),
  dies: fc.option(fc.constantFrom('unwritten' as const, 'unsettled' as const), { nil: undefined, freq: 4 }),
});

test('whatever is written before and meanwhile, each conversation is told at least once, and the list ends', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 60 }),
      fc.array(fc.record({ ...{ write: writes, hours: fc.nat(40) } }), { maxLength: 80 }),
      fc.array(fc.array(writes, { maxLength: 5 }), { maxLength: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      async (rooms, before, meanwhile, size, cut) => {
        const world = listWorld();
        let now = start;
        for (const [index, marked] of rooms.entries())
          await world.open(idOf(index), epochMillis(now), marked);
        const write = async ({ room, dies }: { room: number; dies: 'unwritten' | 'unsettled' | undefined }) =>
          world.write(idOf(room % rooms.length), epochMillis(now), dies);
        for (const { write: one, hours } of before) {
          now += hours * 3_600_000;
          await write(one);
        }
        now += 60_000;
        const told = new Set<string>();
        let cursor: string | undefined;
        let pages = 0;
        do {
          const { shown, next } = await world.page(cursor, epochMillis(now), size, cut);
          for (const { head } of shown) told.add(head.conversationId);
          cursor = next;
          now += 1_000;
          for (const one of meanwhile[pages] ?? []) await write(one);
          pages += 1;
          expect(pages).toBeLessThan(600);
        } while (cursor !== undefined);
        expect([...told].toSorted()).toEqual([...world.rooms.keys()].toSorted());
      },
    ),
    { numRuns: Number(process.env['LIST_RUNS'] ?? 150), endOnFailure: true },
  );
});

test('the newest comes first, exactly, of those of a day up to two hundred', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.integer({ min: 1, max: day - 1 }), { minLength: 1, maxLength: 120 }),
      fc.integer({ min: 1, max: 50 }),
      async (times, size) => {
        const world = listWorld();
        for (const index of times.keys()) await world.open(idOf(index), epochMillis(start), true);
        for (const [index, at] of times.entries()) await world.write(idOf(index), epochMillis(start + at));
        const told: number[] = [];
        let cursor: string | undefined;
        do {
          const { shown, next } = await world.page(cursor, epochMillis(start + day - 1), size);
          told.push(...shown.map(recency));
          cursor = next;
        } while (cursor !== undefined);
        const inOrder = times.map((at) => start + at).toSorted((one, other) => other - one);
        // Those of the last seconds are told again at the end, in case that they have moved meanwhile.
        expect(told.slice(0, inOrder.length)).toEqual(inOrder);
        expect(told.length - inOrder.length).toBeLessThanOrEqual(inOrder.length);
      },
    ),
    { numRuns: 60, endOnFailure: true },
  );
});

test('ten thousand conversations of many days: each page looks at a bounded number, and what was silent adds nothing to the first', async () => {
  const world = listWorld();
  for (let index = 0; index < 10_000; index += 1)
    await world.open(idOf(index), epochMillis(start + (index % 7) * day), index % 3 > 0);
  const now = epochMillis(start + 8 * day);
  for (let index = 0; index < 30; index += 1) await world.write(idOf(index), epochMillis(now + index));
  const told = new Set<string>();
  let cursor: string | undefined;
  let looked = 0;
  let most = 0;
  const newest = Array.from({ length: 30 }, (_, index) => idOf(29 - index));
  do {
    const { shown, next } = await world.page(cursor, epochMillis(now + 1_000), 50);
    if (cursor === undefined) {
      expect(shown.slice(0, 30).map(({ head }) => head.conversationId)).toEqual(newest);
      expect(world.looked()).toBe(50);
    }
    for (const { head } of shown) told.add(head.conversationId);
    most = Math.max(most, world.looked() - looked);
    looked = world.looked();
    cursor = next;
  } while (cursor !== undefined);
  expect(told.size).toBe(10_000);
  expect(most).toBeLessThanOrEqual(300);
});
