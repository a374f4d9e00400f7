import { listConversations } from '../../../shared/conversations/list-conversations.ts';
import type { Head } from '../../../shared/stores/conversations/conversation.ts';
import type { Listed } from '../../../shared/stores/conversations/conversation-store.ts';
import type { Title } from '../../../shared/stores/profiles/title.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { memoryListedMessageStore } from '../../support/memory-listed-message-store.ts';
import { memoryRecentStore } from '../../support/memory-recent-store.ts';
import { memoryTitleStore } from '../../support/memory-title-store.ts';
import { steadyRetention } from '../../support/steady-retention.ts';

const id = (number: number) => `g-${String(number).padStart(32, '0')}`;

function world(count: number, pageSize: number, title = 'title', ends: Partial<Head> = {}) {
  const all = Array.from({ length: count }, (_, number) => id(number));
  const membership = (conversationId: string): Listed => ({
    head: {
      conversationId,
      kind: 'group',
      createdAt: epochMillis(0),
      lastSeq: 5,
      lastSentAt: 0,
      retryMarks: [],
      ...ends,
    },
    member: { userId: 'alice', readSeq: 2 },
    memberCount: 2,
  });
  const given = (conversationId: string): Title => ({
    ...{ conversationId, title, by: 'bob' },
    ...{ updatedAt: epochMillis(70_000), expiresAt: 130 as EpochSeconds },
  });
  const titles = new Map(all.map((each) => [each, given(each)]));
  return {
    titles: {
      store: memoryTitleStore(titles),
      retentionSeconds: 60,
      retention: steadyRetention(60, () => 100_000),
    },
    // Where they are not stored; of stored ones see the test of `count-unread`.
    messages: undefined,
    pageSize,
    stayLive: async () => undefined,
    retention: steadyRetention(60, () => 100_000),
    now: () => epochMillis(100_000),
    conversations: {
      listIds: async (_user: string, limit: number, after?: string) => {
        const from = after === undefined ? 0 : all.indexOf(after) + 1;
        const ids = all.slice(from, from + limit);
        const next = ids.at(-1);
        return { ids, ...(from + limit < count && next !== undefined && { next }) };
      },
      keepMember: async () => undefined,
      stripTitle: async () => undefined,
      readListed: async (each: string) => (all.includes(each) ? membership(each) : undefined),
    },
    recent: memoryRecentStore(),
    blocks: { list: async () => ({ blocked: [] }) },
    settings: { read: async () => undefined },
  };
}
const idsOf = ({ conversations }: Awaited<ReturnType<typeof listConversations>>) =>
  conversations.map(({ conversationId }) => conversationId);

test('a page, and the way to the next', async () => {
  const first = await listConversations(world(3, 2), 'alice', {});
  expect(idsOf(first)).toEqual([id(0), id(1)]);
  const second = await listConversations(world(3, 2), 'alice', { cursor: first.next! });
  expect([idsOf(second), second.next]).toEqual([[id(2)], undefined]);
  expect(first.conversations[0]).toMatchObject({ lastSeq: 5, readSeq: 2, unread: 3, title: 'title' });
});

test('of the cursors elsewhere those that are behind come along, and no strangers', async () => {
  const cursors = { [id(5)]: 4, [id(6)]: 5, [id(99)]: 0 };
  expect(idsOf(await listConversations(world(10, 2), 'alice', { cursors }))).toEqual([id(0), id(1), id(5)]);
});

test('whatever the cursors are, the reply fits a frame and the page is whole', async () => {
  const cursors = Object.fromEntries(Array.from({ length: 500 }, (_, number) => [id(number), 0]));
  const result = await listConversations(world(500, 50, '\u0001'.repeat(42)), 'alice', { cursors });
  expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(29_000);
  expect(idsOf(result).slice(0, 50)).toEqual(Array.from({ length: 50 }, (_, number) => id(number)));
});

test('a page that does not fit a frame goes on with the next, and leaves nobody out', async () => {
  const deps = world(120, 50, '\u0001'.repeat(256));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await listConversations(deps, 'alice', cursor === undefined ? {} : { cursor });
    expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(29_000);
    seen.push(...idsOf(page));
    cursor = page.next;
  } while (cursor !== undefined);
  expect(seen).toEqual(Array.from({ length: 120 }, (_, number) => id(number)));
});

test('a cursor of an earlier release, which was an id, goes on behind that id', async () => {
  expect(idsOf(await listConversations(world(3, 2), 'alice', { cursor: id(0) }))).toEqual([id(1), id(2)]);
});

test('messages are counted where something has been written after the place, and nothing is asked where all is over', async () => {
  const counted: string[] = [];
  const found: string[] = [];
  const stored = memoryListedMessageStore(() => new Map());
  const messages: typeof stored = {
    newest: async (conversationId, range) => {
      // To look back for one that can be read is another thing.
      if (range.limit > 100) counted.push(conversationId);
      return stored.newest(conversationId, range);
    },
    find: async (keys) => {
      found.push(...keys.map(({ conversationId }) => conversationId));
      return stored.find(keys);
    },
  };
  const deps = world(3, 3);
  const conversations = {
    ...deps.conversations,
    readListed: async (each: string) => {
      const listed = await deps.conversations.readListed(each);
      return listed && { ...listed, member: { userId: 'alice', readSeq: each === id(0) ? 2 : 5 } };
    },
  };
  const { conversations: listed } = await listConversations(
    { ...deps, conversations, messages },
    'alice',
    {},
  );
  expect(listed.map(({ unread }) => unread)).toEqual([0, 0, 0]);
  expect(counted).toEqual([id(0)]);
  expect(found).toEqual([id(0), id(1), id(2)]);
  const over = { ...world(1, 1, 'title', { lastSentAt: 1, lastExpiresAt: 2 as EpochSeconds }), messages };
  await listConversations(over, 'alice', {});
  expect([counted.length, found.length]).toEqual([1, 3]);
});

test.each([
  ['the newest message can still be read', { lastSentAt: 90_000, lastExpiresAt: 101 }, 3],
  ['it ends at this instant', { lastSentAt: 90_000, lastExpiresAt: 100 }, 0],
  ['the present policy ends it earlier than it was stamped', { lastSentAt: 40_000, lastExpiresAt: 500 }, 0],
  ['an earlier one lives longer', { lastSentAt: 90_000, lastExpiresAt: 95, mixedUntil: 101 }, 3],
])('unread is what there is still to read: %s', async (_, ends, unread) => {
  const deps = world(1, 1, 'title', ends as Partial<Head> & { lastExpiresAt: EpochSeconds });
  expect((await listConversations(deps, 'alice', {})).conversations).toMatchObject([{ unread }]);
});
