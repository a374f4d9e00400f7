import { earlierTitles } from '../../../shared/conversations/earlier-titles.ts';
import { openConversation } from '../../../shared/conversations/open-conversation.ts';
import { titlesFor } from '../../../shared/conversations/titles-for.ts';
import type { Head } from '../../../shared/stores/conversations/conversation.ts';
import type { Title } from '../../../shared/stores/profiles/title.ts';
import { epochMillis } from '../../../shared/time.ts';
import { conversationWorld } from '../../support/conversation-world.ts';
import { memoryRecentStore } from '../../support/memory-recent-store.ts';
import { memoryTitleStore } from '../../support/memory-title-store.ts';
import { noLiveGroups } from '../../support/no-live-groups.ts';
import { openToAll } from '../../support/open-to-all.ts';
import { steadyRetention } from '../../support/steady-retention.ts';
import { direct } from '../../support/step.ts';

const day = 86_400_000;
const week = 7 * day;
const people = ['alice', 'bob', 'carol'];

function group() {
  const clock = { now: 1_800_000_000_000 };
  const world = conversationWorld('group', people, () => clock.now);
  const titleSeenBy = async (userId: string) => (await world.hello(direct, userId)).conversations[0]?.title;
  return { ...world, clock, titleSeenBy };
}

test('a title has an author, and ends as a profile does: shown the millisecond before, and not at that instant', async () => {
  const { open, send, titles, clock, titleSeenBy } = group();
  await open(direct, 'alice', 'Trip');
  await send(direct, 'alice', 'm');
  const [title] = titles.values();
  expect(title).toMatchObject({ title: 'Trip', by: 'alice', updatedAt: clock.now });
  clock.now = Number(title?.expiresAt) * 1000 - 1;
  expect(await titleSeenBy('bob')).toBe('Trip');
  clock.now += 1;
  expect(await titleSeenBy('bob')).toBeUndefined();
});

test('its author renews it by coming, once half of its time is over; nobody else does', async () => {
  const { open, send, titles, clock, titleSeenBy } = group();
  await open(direct, 'alice', 'Trip');
  await send(direct, 'alice', 'm');
  const first = [...titles.values()][0]?.expiresAt;
  clock.now += week / 2 - day;
  await titleSeenBy('alice');
  clock.now += 2 * day;
  await titleSeenBy('bob');
  expect([...titles.values()][0]?.expiresAt).toBe(first);
  await titleSeenBy('alice');
  expect([...titles.values()][0]?.expiresAt).toBe((clock.now + week) / 1000);
  clock.now += week - day;
  expect(await titleSeenBy('bob')).toBe('Trip');
});

test('what has ended, or is about to, is not renewed', async () => {
  const { open, send, titles, clock, titleSeenBy } = group();
  await open(direct, 'alice', 'Trip');
  await send(direct, 'alice', 'm');
  const end = Number([...titles.values()][0]?.expiresAt);
  for (const at of [end * 1000 - 59_000, end * 1000, end * 1000 + day]) {
    clock.now = at;
    await titleSeenBy('alice');
    expect([...titles.values()][0]?.expiresAt).toBe(end);
  }
});

test('under a hold of its author it is stored without a time to live', async () => {
  const { open, hold, heldTitles, conversationId } = group();
  await hold(direct, { kind: 'user', userId: 'alice' }, 'held');
  await open(direct, 'alice', 'Trip');
  expect([...heldTitles]).toEqual([conversationId]);
});

test.each([
  ['its author', { kind: 'user', userId: 'alice' }, true],
  ['the conversation', { kind: 'conversation', conversationId: `g-${'c'.repeat(32)}` }, true],
  ['somebody else', { kind: 'user', userId: 'bob' }, false],
] as const)('a hold on %s takes its time to live off, or does not', async (_, target, isHeld) => {
  const { open, send, hold, heldTitles } = group();
  await open(direct, 'alice', 'Trip');
  await send(direct, 'alice', 'm');
  await hold(direct, target, 'held');
  expect(heldTitles.size).toBe(isHeld ? 1 : 0);
  await hold(direct, target, 'releasing');
  expect(heldTitles.size).toBe(0);
});

test('in a group in which nobody writes its author is a member for longer than it is there', async () => {
  const { open, titles, clock, memberRows, passTimeToLive } = group();
  await open(direct, 'alice', 'Trip');
  clock.now = Number([...titles.values()][0]?.expiresAt) * 1000;
  passTimeToLive();
  expect(memberRows()).toEqual(['alice']);
  clock.now += 2 * day;
  passTimeToLive();
  expect(memberRows()).toEqual([]);
});

test('where profiles are not stored it is kept nowhere', async () => {
  const world = group();
  const written: object[] = [];
  const conversations = {
    readHead: async () => undefined,
    read: async () => undefined,
    readFirst: async () => undefined,
    create: async (head: object) => void written.push(head),
    restorePair: async () => undefined,
    markEngaged: async () => undefined,
    prolongMember: async () => undefined,
    markBlocks: async () => undefined,
  };
  await openConversation(
    {
      ...openToAll,
      conversations,
      titles: undefined,
      connections: { listNow: async () => [] },
      live: noLiveGroups,
      holds: { among: async () => ({ users: new Set(), conversations: new Set() }) },
      recent: memoryRecentStore(),
      limits: { groupMembers: 100, titleBytes: 256 },
      retentionSeconds: 60,
      now: () => epochMillis(world.clock.now),
      groupIdOf: async () => 'g-1',
      groups: { history: 'start', afterLeaving: 'keep' },
      idSecret: async () => new Uint8Array(32),
    },
    { userId: 'alice' },
    { action: 'open', id: '1', kind: 'group', members: ['bob'], title: 'Trip' },
  );
  expect(written).toHaveLength(1);
  expect(JSON.stringify(written)).not.toContain('Trip');
});

describe('the title that an earlier release has put on a head', () => {
  const head = { conversationId: 'g-1', createdAt: 1_800_000_000_000, title: 'Trip' } as unknown as Head;
  async function seenAt(now: number, stored = true) {
    const stripped: string[] = [];
    const conversations = { stripTitle: async (id: string) => void stripped.push(id) };
    const titles = stored ? { retention: steadyRetention(week / 1000, () => now) } : undefined;
    const shown = await earlierTitles({ conversations, titles }, [head]);
    return [shown.get('g-1'), stripped];
  }

  test('ends as if it had been given when the conversation was opened, and is taken away then', async () => {
    expect(await seenAt(head.createdAt + week - 1)).toEqual(['Trip', []]);
    expect(await seenAt(head.createdAt + week)).toEqual([undefined, ['g-1']]);
  });

  test('is taken away at once where profiles are not stored', async () => {
    expect(await seenAt(head.createdAt, false)).toEqual([undefined, ['g-1']]);
  });
});

test('nobody asks for the titles of direct conversations', async () => {
  const asked: string[] = [];
  const store = {
    ...memoryTitleStore(new Map<string, Title>()),
    readListed: async (ids: readonly string[]) => {
      asked.push(...ids);
      return [];
    },
  };
  const titles = { store, retentionSeconds: 60, retention: steadyRetention(60, () => 0) };
  await titlesFor(titles, 'alice', ['d-1', 'g-1']);
  expect(asked).toEqual(['g-1']);
});
