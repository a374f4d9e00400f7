import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { type Frame, join, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { operatorHolds } from '../support/operator-holds.ts';
import { ownExport, textOf } from '../support/own-export.ts';
import { type SystemTables, systemTables } from '../support/system-tables.ts';

let system: LocalSystem;
let tables: SystemTables;
let alice: Person;
let bob: Person;
let carol: Person;

beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  [alice, bob, carol] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'carol'),
  ]);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

const open = async (fields: object): Promise<string> => (await alice.call('open', fields)).conversationId;
const say = async (person: Person, conversationId: string, words: string): Promise<number> =>
  (await person.call('send', { conversationId, content: text(words) })).seq;
const erase = async (person: Person, conversationId: string, seq: number): Promise<Frame> =>
  person.call('erase', { scope: 'message', conversationId, seq });
const textIn = (files: Readonly<Record<string, Uint8Array>>): string =>
  Object.values(files).map(textOf).join('');
const receiptOf = async (person: Person, requestId: string, state = 'done'): Promise<Frame> => {
  const isIt = (push: Frame) =>
    push.type === 'erasure' && push.requestId === requestId && push.state === state;
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
};

test('the owner takes away what somebody wrote: from every screen, list and store; the rest stays', async () => {
  const conversationId = await open({ kind: 'group', members: ['bob', 'carol'] });
  const stays = await say(bob, conversationId, 'a word that stays');
  const goes = await say(bob, conversationId, 'a word that is to go');
  expect(await erase(carol, conversationId, goes)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const { requestId, state } = await erase(alice, conversationId, goes);
  expect(state).toBe('accepted');
  const receipt = await receiptOf(alice, requestId);
  expect(receipt).toMatchObject({ scope: 'message', conversationId, seq: goes, requestedBy: 'user' });
  for (const person of [alice, bob, carol]) {
    await person.until((pushes) =>
      pushes.some((push) => push.type === 'erased' && push.conversationId === conversationId),
    );
    const { messages } = await person.call('history', { conversationId });
    expect(messages.map(({ seq }: Frame) => seq)).toEqual([stays]);
  }
  const { conversations } = await carol.call('hello', {});
  const listed = conversations.find((each: Frame) => each.conversationId === conversationId);
  expect(listed).toMatchObject({ unread: 1, lastMessage: { seq: stays, preview: 'a word that stays' } });
  const kept = await everythingKept(system);
  expect(JSON.stringify(kept)).not.toContain('a word that is to go');
  expect(JSON.stringify(kept)).toContain('a word that stays');
  // Asked once more it is gone; its author is told of nothing but that.
  expect(await erase(alice, conversationId, goes)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  const files = await ownExport(bob);
  expect(textIn(files)).not.toContain('a word that is to go');
  expect(bob.pushes.filter(({ type }: Frame) => type === 'erasure')).toEqual([]);
});

test('an admin takes away what those without a role wrote, and nothing more once they are none', async () => {
  const conversationId = await open({ kind: 'group', members: ['bob', 'carol'] });
  await alice.call('members', { conversationId, role: { userId: 'bob', role: 'admin' } });
  const ofAlice = await say(alice, conversationId, 'the owner’s');
  const [first, second] = [
    await say(carol, conversationId, 'one'),
    await say(carol, conversationId, 'another'),
  ];
  expect(await erase(bob, conversationId, ofAlice)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const { requestId } = await erase(bob, conversationId, first);
  await receiptOf(bob, requestId);
  await alice.call('members', { conversationId, role: { userId: 'bob', role: 'member' } });
  expect(await erase(bob, conversationId, second)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const { messages } = await carol.call('history', { conversationId });
  const texts = messages.flatMap(({ content }: Frame) => (content.type === 'text' ? [content.text] : []));
  expect(texts).toEqual(['the owner’s', 'another']);
});

test('between two people, and of what one may not read, nothing is taken away', async () => {
  const direct = await open({ kind: 'direct', members: ['bob'] });
  const seq = await say(bob, direct, 'between us');
  expect(await erase(alice, direct, seq)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const group = await open({ kind: 'group', members: ['bob'], history: 'joining' });
  const before = await say(bob, group, 'before carol');
  await alice.call('members', { conversationId: group, add: ['carol'] });
  await alice.call('members', { conversationId: group, role: { userId: 'carol', role: 'admin' } });
  expect(await erase(carol, group, before)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});

test('the owner of a room takes away what was written there', async () => {
  const conversationId = await open({ kind: 'room', members: [] });
  for (const person of [alice, bob]) await person.call('watch', { conversationId });
  const goes = await say(bob, conversationId, 'shouted in a room');
  const stays = await say(bob, conversationId, 'said in a room');
  const ofAlice = await say(alice, conversationId, 'the owner’s own');
  expect(await erase(bob, conversationId, ofAlice)).toMatchObject({ error: { code: 'FORBIDDEN' } });
  const { requestId } = await erase(alice, conversationId, goes);
  await receiptOf(alice, requestId);
  await bob.until((pushes) =>
    pushes.some((push) => push.type === 'erased' && push.conversationId === conversationId),
  );
  const rows = await tables.all('MESSAGE_TABLE');
  const left = rows.filter((row) => row['conversationId'] === conversationId && row['content'] !== undefined);
  expect(left.map(({ seq }) => seq).toSorted()).toEqual([stays, ofAlice]);
});

test('on hold it stays until the release, and the receipt says so', async () => {
  const conversationId = await open({ kind: 'group', members: ['carol'] });
  const seq = await say(carol, conversationId, 'evidence of carol');
  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'carol' } as const;
  await holds.hold(target);
  await holds.follow(target, 1);
  const { requestId, state } = await erase(alice, conversationId, seq);
  expect(state).toBe('refused in part');
  await receiptOf(alice, requestId, 'refused in part');
  expect((await carol.call('history', { conversationId })).messages).toHaveLength(1);
  await holds.release(target);
  await holds.follow(target, 2);
  await system.invoke('resume-erasures', {});
  await receiptOf(alice, requestId);
  expect((await carol.call('history', { conversationId })).messages).toEqual([]);
});
