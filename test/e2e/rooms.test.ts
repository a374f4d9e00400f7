import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system?.close());

const openRoom = async (person: Person): Promise<string> =>
  (await person.call('open', { kind: 'room', members: [] })).conversationId;
const numbersIn = (pushes: readonly Frame[]): number[] =>
  pushes
    .filter(({ type }) => type === 'messages')
    .flatMap(({ messages }) => messages.map(({ seq }: Frame) => seq));

test('who watches a room writes, reads and is told there, on this connection; nobody else is', async () => {
  const [alice, bob, carol] = await Promise.all(['alice', 'bob', 'carol'].map((name) => join(system, name)));
  if (alice === undefined || bob === undefined || carol === undefined) throw new Error();
  const conversationId = await openRoom(alice);
  expect(conversationId).toMatch(/^r-/);
  const send = async (person: Person, words: string) =>
    person.call('send', { conversationId, content: text(words) });
  // Not even who has opened it, before they watch it.
  expect((await send(alice, 'early')).error.code).toBe('NOT_FOUND');
  expect(await alice.call('watch', { conversationId })).toMatchObject({ lastSeq: 0, live: 1 });
  expect(await bob.call('watch', { conversationId })).toMatchObject({ lastSeq: 0, live: 2 });
  expect(await send(alice, 'one')).toMatchObject({ seq: 1, stored: true });
  await bob.until((pushes) => numbersIn(pushes).length === 1);
  expect(bob.pushes[0].messages).toMatchObject([{ conversationId, seq: 1, from: 'alice' }]);
  const sent = await Promise.all(['two', 'three', 'four'].map(async (words) => send(bob, words)));
  expect(sent.map(({ seq }) => seq).toSorted()).toEqual([2, 3, 4]);
  for (const person of [alice, bob]) {
    await person.until((pushes) => numbersIn(pushes).length === 4);
    expect(numbersIn(person.pushes)).toEqual([1, 2, 3, 4]);
  }
  for (const action of ['history', 'unwatch'])
    expect((await carol.call(action, { conversationId })).error.code).toBe('NOT_FOUND');
  expect((await send(carol, 'no')).error.code).toBe('NOT_FOUND');
  expect(await carol.call('watch', { conversationId })).toMatchObject({ lastSeq: 4, live: 3 });
  expect((await wholeHistory(carol, conversationId)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
  await carol.call('unwatch', { conversationId });
  expect((await send(carol, 'no')).error.code).toBe('NOT_FOUND');
  expect(carol.pushes).toEqual([]);
  for (const { socket } of [alice, bob, carol]) socket.close();
});

test('a socket that closes watches no more, and its user is let in by another one alone', async () => {
  const dora = await join(system, 'dora');
  const conversationId = await openRoom(dora);
  await dora.call('watch', { conversationId });
  dora.socket.close();
  await dora.closed;
  const again = await connect(system, 'dora');
  for (;;) {
    const { error } = await again.call('history', { conversationId });
    if (error?.code === 'NOT_FOUND') break;
  }
  expect(await again.call('watch', { conversationId })).toMatchObject({ live: 1 });
  again.socket.close();
});

test('what is no room cannot be watched', async () => {
  const [erin, frank] = await Promise.all([join(system, 'erin'), join(system, 'frank')]);
  const { conversationId } = await erin.call('open', { kind: 'group', members: ['frank', 'gina'] });
  for (const id of [conversationId, 'r-nowhere'])
    expect((await erin.call('watch', { conversationId: id })).error.code).toBe('NOT_FOUND');
  expect((await erin.call('open', { kind: 'room', members: ['frank'] })).error.code).toBe('INVALID_FRAME');
  for (const { socket } of [erin, frank]) socket.close();
});

test('whoever comes into a room is told what it is called, until its author is gone', async () => {
  const [nina, oscar] = await Promise.all([join(system, 'nina'), join(system, 'oscar')]);
  const { conversationId } = await nina.call('open', { kind: 'room', members: [], title: 'Everybody' });
  const plain = await openRoom(nina);
  expect(await oscar.call('watch', { conversationId })).toMatchObject({ title: 'Everybody' });
  expect(await oscar.call('watch', { conversationId: plain })).not.toHaveProperty('title');
  const listed = (await nina.call('conversations', {})).conversations;
  expect(listed).toContainEqual(expect.objectContaining({ conversationId, title: 'Everybody' }));
  await nina.call('watch', { conversationId });
  await nina.call('send', { conversationId, content: text('stays a room') });
  await nina.call('erase', { scope: 'conversation', conversationId });
  await nina.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(await oscar.call('watch', { conversationId })).not.toHaveProperty('title');
  for (const { socket } of [nina, oscar]) socket.close();
});
