import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, type Frame, join, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let mallory: Person;

beforeAll(async () => {
  system = await startTestSystem();
  [alice, bob, mallory] = await Promise.all([
    join(system, 'alice'),
    join(system, 'bob'),
    join(system, 'mallory'),
  ]);
  await alice.call('block', { userId: 'mallory', blocked: true });
});
afterAll(async () => system?.close());

const idsOf = async (person: Person): Promise<readonly string[]> =>
  (await person.call('hello', {})).conversations.map(({ conversationId }: Frame) => conversationId);

test('who blocks somebody is put into no group by them, and looks like anybody who has not come yet', async () => {
  const opened = await mallory.call('open', { kind: 'group', members: ['alice', 'bob', 'nobody-yet'] });
  expect(opened.waiting.toSorted()).toEqual(['alice', 'nobody-yet']);
  const { conversationId } = opened;
  await mallory.call('send', { conversationId, content: text('come in') });
  const added = await mallory.call('members', { conversationId, add: ['alice'] });
  expect(added).toMatchObject({ members: ['bob', 'mallory'], waiting: ['alice'] });
  expect(await idsOf(alice)).not.toContain(conversationId);
  expect(await idsOf(await connect(system, 'alice'))).not.toContain(conversationId);
  expect(await idsOf(bob)).toContain(conversationId);
  expect((await mallory.call('members', { conversationId })).members).toEqual(['bob', 'mallory']);
  expect(alice.pushes.filter((push: Frame) => push.conversationId === conversationId)).toEqual([]);
});

test('whom nobody blocks puts both into one, and who ends the block can be added', async () => {
  const { conversationId, waiting } = await bob.call('open', {
    kind: 'group',
    members: ['alice', 'mallory'],
  });
  expect(waiting).toBeUndefined();
  expect(await idsOf(alice)).toContain(conversationId);
  const own = await mallory.call('open', { kind: 'group', members: ['bob'] });
  await alice.call('block', { userId: 'mallory', blocked: false });
  const ack = await mallory.call('members', { conversationId: own.conversationId, add: ['alice'] });
  expect(ack.members).toEqual(['alice', 'bob', 'mallory']);
  await alice.call('block', { userId: 'mallory', blocked: true });
});

test('the same frame opens the same room, with all that was written there; another id another room', async () => {
  const frame = { id: 'one-room', kind: 'room', members: [], retention: 3600 };
  const first = await bob.call('open', frame);
  expect(await bob.call('open', frame)).toEqual(first);
  await bob.call('watch', { conversationId: first.conversationId });
  await bob.call('send', { conversationId: first.conversationId, content: text('hello') });
  expect(await bob.call('open', frame)).toMatchObject({ ...first, lastSeq: 1 });
  const other = await bob.call('open', { ...frame, id: 'another-room' });
  const ofAlice = await alice.call('open', frame);
  expect(new Set([first, other, ofAlice].map(({ conversationId }) => conversationId)).size).toBe(3);
});
