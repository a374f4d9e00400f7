import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { plainDirectConversationId } from '../../shared/stores/conversations/direct-conversation-id.ts';
import { type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

/** Who sees what is for contacts only: whom the owner has opened a direct conversation with, or written to. */
let system: LocalSystem;
let tables: SystemTables;
let victim: Person;
let run = 0;

beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  victim = await join(system, 'victim');
  const visibility = { nickname: 'contacts', avatarUrl: 'contacts', signature: 'contacts' };
  await victim.call('profile', { set: { nickname: 'V', avatarUrl: 'https://v.example/', visibility } });
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

async function stranger(): Promise<Person> {
  run += 1;
  return join(system, `stranger-${run}`);
}
const seenBy = async (person: Person): Promise<Frame> =>
  (await person.call('profile', { get: ['victim'] })).profiles[0];
const hidden = { userId: 'victim' };
const shown = { userId: 'victim', nickname: 'V', avatarUrl: 'https://v.example/' };

test('whatever a stranger does, the profile stays hidden from them', async () => {
  const mallory = await stranger();
  expect(await seenBy(mallory)).toEqual(hidden);
  const direct = await openDirect(mallory, 'victim');
  await mallory.call('send', { conversationId: direct, content: text('hello?') });
  const { conversationId: group } = await mallory.call('open', { kind: 'group', members: ['victim', 'x'] });
  await mallory.call('send', { conversationId: group, content: text('hello all') });
  for (const conversationId of [direct, group]) {
    await mallory.call('typing', { conversationId });
    await mallory.call('read', { conversationId, seq: 1 });
  }
  expect(await seenBy(mallory)).toEqual(hidden);
  // To have read it, or to speak in a group that somebody else has made, is no welcome.
  await victim.call('read', { conversationId: direct, seq: 1 });
  await victim.call('typing', { conversationId: direct });
  await victim.call('send', { conversationId: group, content: text('who are you all?') });
  expect(await seenBy(mallory)).toEqual(hidden);
});

test('whom the owner answers is a contact', async () => {
  const friend = await stranger();
  const conversationId = await openDirect(friend, 'victim');
  expect(await seenBy(friend)).toEqual(hidden);
  await victim.call('send', { conversationId, content: text('hello') });
  expect(await seenBy(friend)).toEqual(shown);
});

test('whom the owner opens a direct conversation with is a contact, whoever opened it first', async () => {
  const [first, second] = [await stranger(), await stranger()];
  await openDirect(victim, first.userId);
  expect(await seenBy(first)).toEqual(shown);
  await openDirect(second, 'victim');
  expect(await seenBy(second)).toEqual(hidden);
  await openDirect(victim, second.userId);
  expect(await seenBy(second)).toEqual(shown);
});

test('it goes one way: the owner of the profile decides for theirs alone', async () => {
  const friend = await stranger();
  const visibility = { nickname: 'contacts' };
  await friend.call('profile', { set: { nickname: 'F', visibility } });
  await openDirect(victim, friend.userId);
  const profile = async () => (await victim.call('profile', { get: [friend.userId] })).profiles[0];
  expect(await profile()).toEqual({ userId: friend.userId });
  await openDirect(friend, 'victim');
  expect(await profile()).toEqual({ userId: friend.userId, nickname: 'F' });
});

test('the owner’s row says it once, and no later message writes it again', async () => {
  const friend = await stranger();
  const conversationId = await openDirect(friend, 'victim');
  const rowOf = async (userId: string) =>
    tables.get('CONVERSATION_TABLE', { conversationId, entry: `member#${userId}` });
  expect(await rowOf(friend.userId)).toMatchObject({ engaged: true });
  expect(await rowOf('victim')).not.toHaveProperty('engaged');
  await victim.call('send', { conversationId, content: text('hello') });
  expect(await rowOf('victim')).toMatchObject({ engaged: true });
});

describe('a conversation that was opened before ids were made with a secret', () => {
  test('goes on under its id; who writes in it, or opens it again, has the other one as a contact from then on', async () => {
    const [writes, opens] = [await stranger(), await stranger()];
    const put = async (row: object) => tables.put('CONVERSATION_TABLE', row);
    for (const { userId } of [writes, opens]) {
      const conversationId = plainDirectConversationId('victim', userId);
      const pair = ['victim', userId].toSorted();
      for (const member of pair)
        await put({ conversationId, entry: `member#${member}`, userId: member, readSeq: 0 });
      const head = { kind: 'direct', createdAt: 1, pair, lastSeq: 0, lastSentAt: 0 };
      await put({ conversationId, entry: 'head', ...head });
    }
    expect([await seenBy(writes), await seenBy(opens)]).toEqual([hidden, hidden]);
    const conversationId = plainDirectConversationId('victim', writes.userId);
    await victim.call('send', { conversationId, content: text('still there?') });
    expect(await openDirect(victim, opens.userId)).toBe(plainDirectConversationId('victim', opens.userId));
    expect([await seenBy(writes), await seenBy(opens)]).toEqual([shown, shown]);
  });
});

test('the id of a conversation cannot be worked out from its two people', async () => {
  const friend = await stranger();
  const conversationId = await openDirect(friend, 'victim');
  expect(conversationId).toMatch(/^d-[\w-]{32}$/);
  expect(conversationId).not.toBe(plainDirectConversationId('victim', friend.userId));
  expect(await openDirect(victim, friend.userId)).toBe(conversationId);
});
