import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

/** Who comes, goes and is blocked where messages are not stored: whoever is connected is told, and nobody later. */
let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({ messages: { store: false } }),
  });
});
afterAll(() => system?.close());

const come = async <Name extends string>(...names: readonly Name[]) =>
  Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await join(system, name)] as const)),
  ) as Record<Name, Person>;
const say = async (person: Person, conversationId: string, words: string) =>
  person.call('send', { conversationId, content: text(words) });
/** What somebody was told of a conversation, in the order in which they were. */
const toldOf = ({ pushes }: Person, conversationId: string) =>
  pushes.filter((push) => (push.message ?? push).conversationId === conversationId);
const messagesOf = (person: Person, conversationId: string): readonly Frame[] =>
  toldOf(person, conversationId).flatMap(({ type, message }) => (type === 'message' ? [message] : []));
const until = async (person: Person, conversationId: string, seq: number) =>
  person.until(() => messagesOf(person, conversationId).some((each) => each.seq === seq));
const close = (people: Record<string, Person>) => {
  for (const { socket } of Object.values(people)) socket.close();
};

test('who is added is told, and gets what is written from then on; the events have numbers among the messages', async () => {
  const people = await come('alice', 'bob', 'carol');
  const { alice, bob, carol } = people;
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob'], title: 'Here' });
  expect(await say(alice, conversationId, 'before')).toMatchObject({ seq: 1, stored: false });
  const change = { id: 'add-carol', conversationId, add: ['carol'] };
  const ack = await alice.call('members', change);
  expect(ack).toMatchObject({ members: ['alice', 'bob', 'carol'], roles: { alice: 'owner' }, revision: 1 });
  expect(await say(bob, conversationId, 'after')).toMatchObject({ seq: 3 });
  await until(carol, conversationId, 3);
  await until(bob, conversationId, 2);
  const event = { type: 'event', event: 'members', added: ['carol'] };
  for (const person of [bob, carol])
    expect(messagesOf(person, conversationId)).toContainEqual(
      expect.objectContaining({ seq: 2, id: 'add-carol', from: 'alice', content: event }),
    );
  expect(messagesOf(carol, conversationId).map(({ seq }) => seq)).toEqual([2, 3]);
  const told = toldOf(carol, conversationId).map(({ type }) => type);
  expect(told.slice(0, 2)).toEqual(['opened', 'message']);
  expect(toldOf(carol, conversationId)).toContainEqual(
    expect.objectContaining({ type: 'members', revision: 1, added: ['carol'], removed: [], by: 'alice' }),
  );
  // A repeat is the same change, and nobody is told once more.
  expect(await alice.call('members', change)).toMatchObject({ members: ack.members, revision: 1 });
  expect(await say(alice, conversationId, 'last')).toMatchObject({ seq: 4 });
  await until(bob, conversationId, 4);
  expect(messagesOf(bob, conversationId).map(({ seq }) => seq)).toEqual([1, 2, 4]);
  close(people);
});

test('who is removed or leaves is told of it, gets nothing more and writes nothing more', async () => {
  const people = await come('dora', 'emil', 'fritz');
  const { dora, emil, fritz } = people;
  const { conversationId } = await dora.call('open', { kind: 'group', members: ['emil', 'fritz'] });
  await say(emil, conversationId, 'one');
  await dora.call('members', { conversationId, remove: ['emil'] });
  const isGone = (push: Frame) => push.type === 'members' && push.removed.includes('emil');
  await emil.until((pushes) => pushes.some(isGone));
  expect((await say(emil, conversationId, 'late')).error?.code).toBe('NOT_FOUND');
  expect((await emil.call('members', { conversationId })).error?.code).toBe('NOT_FOUND');
  expect(await say(dora, conversationId, 'without emil')).toMatchObject({ seq: 3 });
  await until(fritz, conversationId, 3);
  expect(messagesOf(fritz, conversationId)[1]).toMatchObject({ seq: 2, content: { removed: ['emil'] } });

  const left = { id: 'fritz-leaves', conversationId, leave: true };
  expect((await fritz.call('members', left)).members).toEqual([]);
  // Also once they are no member any more.
  expect((await fritz.call('members', left)).members).toEqual([]);
  await until(dora, conversationId, 4);
  expect(messagesOf(dora, conversationId).at(-1)).toMatchObject({ content: { left: ['fritz'] } });
  expect(await say(dora, conversationId, 'alone')).toMatchObject({ seq: 5 });
  // Whatever they were still to be told would have come before the answer to what they ask now.
  for (const person of [emil, fritz]) await person.call('ping');
  expect(messagesOf(emil, conversationId)).toEqual([]);
  expect(messagesOf(fritz, conversationId).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  for (const person of [emil, fritz])
    expect(
      (await person.call('hello')).conversations.map((each: Frame) => each.conversationId),
    ).not.toContain(conversationId);
  close(people);
});

test('the owner who leaves is followed; of a group that is closed nobody writes, and all have been told', async () => {
  const people = await come('gina', 'hans', 'ines');
  const { gina, hans, ines } = people;
  const { conversationId } = await gina.call('open', { kind: 'group', members: ['hans', 'ines'] });
  await gina.call('members', { conversationId, role: { userId: 'ines', role: 'admin' } });
  await gina.call('members', { conversationId, leave: true });
  expect(await hans.call('members', { conversationId })).toMatchObject({
    members: ['hans', 'ines'],
    roles: { ines: 'owner' },
  });
  expect((await hans.call('members', { conversationId, close: true })).error?.code).toBe('FORBIDDEN');
  await ines.call('members', { conversationId, close: true });
  await hans.until((pushes) => pushes.some((push) => push.type === 'members' && push.closed === true));
  expect((await say(hans, conversationId, 'too late')).error?.code).toBe('FORBIDDEN');
  close(people);
});

test('what somebody writes whom one blocks is acked to them and reaches nobody; in groups one goes on seeing them', async () => {
  const people = await come('ann', 'mal');
  const { ann, mal } = people;
  const tablet = await connect(system, 'ann');
  const direct = await openDirect(mal, 'ann');
  const { conversationId: group } = await ann.call('open', { kind: 'group', members: ['mal'] });
  await say(mal, direct, 'before');
  await until(ann, direct, 1);
  await ann.call('block', { userId: 'mal', blocked: true });
  await tablet.until((pushes) => pushes.some(({ type }) => type === 'blocked'));
  expect(tablet.pushes.at(-1)).toEqual({ type: 'blocked', userId: 'mal', blocked: true });

  expect(await say(mal, direct, 'canary-for-nobody')).toMatchObject({ type: 'ack', seq: 2, stored: false });
  await mal.call('typing', { conversationId: direct });
  await say(mal, group, 'in the group');
  await until(ann, group, 1);
  expect(messagesOf(ann, direct).map(({ seq }) => seq)).toEqual([1]);
  expect(toldOf(ann, direct).map(({ type }) => type)).toEqual(['message']);

  await ann.call('block', { userId: 'mal', blocked: false });
  await say(mal, direct, 'again');
  await until(ann, direct, 3);
  expect(messagesOf(ann, direct).map(({ seq }) => seq)).toEqual([1, 3]);
  // Nothing tells them.
  expect(mal.pushes.filter(({ type }) => type !== 'opened')).toEqual([]);
  const kept = (await everythingKept(system)).filter((each) => each.text.includes('canary-for-nobody'));
  expect(kept).toEqual([]);
  tablet.socket.close();
  close(people);
});
