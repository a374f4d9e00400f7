import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  system = await startTestSystem();
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
  for (const words of ['one', 'two', 'three'])
    await alice.call('send', { conversationId, content: text(words) });
});
afterAll(() => system?.close());

const ofThis = (conversations: { conversationId: string }[]) =>
  conversations.find((each) => each.conversationId === conversationId);
const reads = ({ pushes }: Person) => pushes.filter(({ type }) => type === 'read');

test('what one has read is read on every device, and the other person sees it', async () => {
  const phone = await connect(system, 'bob');
  expect(ofThis((await phone.call('hello')).conversations)).toMatchObject({ readSeq: 0, unread: 3 });
  const { id, ...ack } = await bob.call('read', { conversationId, seq: 2 });
  expect(ack).toEqual({ type: 'ack' });
  const push = { type: 'read', conversationId, userId: 'bob', seq: 2 };
  for (const device of [alice, phone]) {
    await device.until(() => reads(device).length > 0);
    expect(reads(device)).toEqual([push]);
  }
  expect(reads(bob)).toEqual([]);
  for (const page of [await phone.call('hello'), await bob.call('conversations')])
    expect(ofThis(page.conversations)).toMatchObject({ lastSeq: 3, readSeq: 2, unread: 1 });
  expect(ofThis((await alice.call('hello')).conversations)).toMatchObject({ readSeq: 0 });
  phone.socket.close();
});

test('the place stays where it is when an earlier one is named, and ends at the newest message', async () => {
  await bob.call('read', { conversationId, seq: 1 });
  await bob.call('read', { conversationId, seq: 99 });
  expect(ofThis((await bob.call('hello')).conversations)).toMatchObject({ readSeq: 3, unread: 0 });
  await alice.until(() => reads(alice).length > 1);
  expect(reads(alice).map(({ seq }) => seq)).toEqual([2, 3]);
  await alice.call('send', { conversationId, content: text('four') });
  expect(ofThis((await bob.call('hello')).conversations)).toMatchObject({ lastSeq: 4, unread: 1 });
});

test('a message that has just been pushed can be read', async () => {
  for (let count = 5; count <= 15; count += 1) {
    const acked = alice.call('send', { conversationId, content: text(`${count}`) });
    await bob.until((pushes) => pushes.at(-1)?.message?.seq === count);
    await bob.call('read', { conversationId, seq: count });
    await acked;
    expect(ofThis((await bob.call('hello')).conversations)).toMatchObject({ readSeq: count, unread: 0 });
  }
});

test('unread is what others wrote and can still be read: nothing of oneself, nothing erased', async () => {
  const carol = await join(system, 'carol');
  const withCarol = await openDirect(alice, 'carol');
  const unreadOf = async ({ call }: Person) =>
    (await call('hello')).conversations.find(
      (each: { conversationId: string }) => each.conversationId === withCarol,
    ).unread;
  const send = (words: string) => alice.call('send', { conversationId: withCarol, content: text(words) });
  const sent = [await send('one'), await send('two'), await send('three')];
  expect([await unreadOf(alice), await unreadOf(carol)]).toEqual([0, 3]);
  const [{ seq }] = sent;
  await alice.call('erase', { scope: 'message', conversationId: withCarol, seq });
  await alice.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
  expect(await unreadOf(carol)).toBe(2);
  carol.socket.close();
});

test('not a member, no such number, no number: refused', async () => {
  const mallory = await join(system, 'mallory');
  expect(await mallory.call('read', { conversationId, seq: 1 })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  });
  for (const seq of [0, -1, 1.5, '1', null, undefined])
    expect(await bob.call('read', { conversationId, seq })).toMatchObject({
      error: { code: 'INVALID_FRAME' },
    });
  mallory.socket.close();
});
