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

beforeAll(async () => {
  system = await startTestSystem();
  tables = systemTables(system);
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
});
afterAll(async () => {
  tables?.close();
  await system?.close();
});

const group = async (title: string): Promise<string> => {
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob'], title });
  await alice.call('send', { conversationId, content: text('hello') });
  return conversationId;
};
const titleFor = async (person: Person, id: string): Promise<string | undefined> =>
  (await person.call('conversations')).conversations.find(
    ({ conversationId }: Frame) => conversationId === id,
  )?.title;
const pushed = async (person: Person, isIt: (push: Frame) => boolean): Promise<Frame> => {
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
};
const keptAnywhere = async (words: string): Promise<boolean> =>
  (await everythingKept(system)).some((each) => each.text.includes(words));
const exportOf = async (person: Person): Promise<string> =>
  Object.values(await ownExport(person))
    .map(textOf)
    .join('');

test('everybody is told and sees it in the list; the title before is nowhere, and no message says either', async () => {
  const conversationId = await group('Called so before');
  expect(await alice.call('title', { conversationId, title: 'Called so \u202e now' })).toMatchObject({
    title: 'Called so now',
  });
  const push = await pushed(bob, (each) => each.type === 'title' && each.conversationId === conversationId);
  expect(push).toEqual({ type: 'title', conversationId, seq: 2, title: 'Called so now', by: 'alice' });
  for (const person of [alice, bob]) expect(await titleFor(person, conversationId)).toBe('Called so now');
  const { messages } = await bob.call('history', { conversationId });
  expect(messages.at(-1)).toMatchObject({
    seq: 2,
    from: 'alice',
    content: { type: 'event', event: 'title' },
  });
  expect(await keptAnywhere('Called so before')).toBe(false);
  expect(JSON.stringify(await tables.all('MESSAGE_TABLE'))).not.toContain('Called so');
  const listed = (await bob.call('conversations')).conversations.find(
    (each: Frame) => each.conversationId === conversationId,
  );
  expect(listed).toMatchObject({ unread: 1, lastMessage: { seq: 1 } });
});

test('a group without one gets one, and loses it again', async () => {
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob'] });
  await alice.call('send', { conversationId, content: text('hello') });
  await alice.call('title', { conversationId, title: 'A first title' });
  expect(await titleFor(bob, conversationId)).toBe('A first title');
  expect(await alice.call('title', { conversationId, title: null })).toMatchObject({ title: null });
  expect(await titleFor(bob, conversationId)).toBeUndefined();
  expect(await keptAnywhere('A first title')).toBe(false);
});

test.each([
  ['as a title is', { title: '\u200b' }, 'INVALID_FRAME'],
  ['as long as one', { title: 'x'.repeat(300) }, 'TOO_LARGE'],
] as const)('it is held to the rules: %s', async (_name, fields, code) => {
  const conversationId = await group('Rules');
  expect((await alice.call('title', { conversationId, ...fields })).error.code).toBe(code);
  expect(await titleFor(bob, conversationId)).toBe('Rules');
});

test('a direct conversation has none', async () => {
  const { conversationId } = await alice.call('open', { kind: 'direct', members: ['bob'] });
  const answer = await alice.call('title', { conversationId, title: 'Us' });
  expect(answer.error.code).toBe('FORBIDDEN');
});

test('a held one is kept when it is replaced: in its author’s export alone, until the release', async () => {
  const conversationId = await group('Evidence of a title');
  await alice.call('members', { conversationId, role: { userId: 'bob', role: 'admin' } });
  const holds = operatorHolds(system, tables);
  const target = { kind: 'conversation', conversationId } as const;
  await holds.hold(target);
  await holds.follow(target, 1);
  await bob.call('title', { conversationId, title: 'Something else' });
  await alice.call('title', { conversationId, title: null });
  expect(await titleFor(bob, conversationId)).toBeUndefined();
  const rows = (await tables.all('CONVERSATION_TABLE')).filter(({ title }) => title !== undefined);
  expect(rows.map(({ title, by }) => [title, by]).toSorted()).toEqual([
    ['Evidence of a title', 'alice'],
    ['Something else', 'bob'],
  ]);
  const ofAlice = await exportOf(alice);
  expect(ofAlice).toContain('Evidence of a title');
  expect(ofAlice).not.toContain('Something else');
  await holds.release(target);
  await holds.follow(target, 2);
  for (const words of ['Evidence of a title', 'Something else'])
    expect((await tables.all('CONVERSATION_TABLE')).some(({ title }) => title === words)).toBe(false);
});

test('with the account of who gave it goes what a hold had kept, once that is lifted; the title of another stays', async () => {
  const carol = await join(system, 'carol');
  const { conversationId } = await carol.call('open', { kind: 'group', members: ['bob'], title: 'Of carol' });
  await bob.call('send', { conversationId, content: text('here') });
  await carol.call('members', { conversationId, role: { userId: 'bob', role: 'admin' } });
  const holds = operatorHolds(system, tables);
  const target = { kind: 'user', userId: 'carol' } as const;
  await holds.hold(target);
  await holds.follow(target, 1);
  await bob.call('title', { conversationId, title: 'Of bob' });
  const { requestId } = await carol.call('erase', { scope: 'account' });
  await pushed(carol, (push) => push.type === 'erasure' && push.requestId === requestId);
  expect(JSON.stringify(await tables.all('CONVERSATION_TABLE'))).toContain('Of carol');
  await holds.release(target);
  await holds.follow(target, 2);
  expect(await keptAnywhere('Of carol')).toBe(false);
  expect(await titleFor(bob, conversationId)).toBe('Of bob');
});
