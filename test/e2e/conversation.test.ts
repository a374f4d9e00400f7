import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, type Person, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  system = await startTestSystem();
  [alice, bob] = await Promise.all([join(system, 'alice'), join(system, 'bob')]);
  conversationId = await openDirect(alice, 'bob');
});
afterAll(() => system?.close());

test('a message is acked and pushed to the other person and to the own other device, not back', async () => {
  const phone = await connect(system, 'alice');
  const ack = await alice.call('send', { conversationId, content: text('hello Bob') });
  expect(ack).toMatchObject({ type: 'ack', conversationId, seq: 1, stored: true });
  expect(ack.expiresAt).toBe(Math.floor(ack.sentAt / 1000) + 7 * 86_400);
  await Promise.all([bob, phone].map((device) => device.until((pushes) => pushes.length > 0)));
  const { type: _type, stored: _stored, ...stamped } = ack;
  const message = { ...stamped, from: 'alice', content: text('hello Bob') };
  expect(bob.pushes).toEqual([{ type: 'message', message }]);
  expect(phone.pushes).toEqual(bob.pushes);
  expect(alice.pushes).toEqual([]);
  expect(await wholeHistory(bob, conversationId)).toEqual([message]);
  phone.socket.close();
});

test('the same direct conversation is opened from either side, before the other has ever said a word too', async () => {
  expect(await openDirect(bob, 'alice')).toBe(conversationId);
  (await join(system, 'carol')).socket.close();
  const withCarol = await openDirect(alice, 'carol');
  await alice.call('send', { conversationId: withCarol, content: text('are you there') });
  const carol = await join(system, 'carol');
  expect(await openDirect(carol, 'alice')).toBe(withCarol);
  const { sentAt, expiresAt } = (await wholeHistory(carol, withCarol))[0]!;
  expect((await carol.call('hello')).conversations).toEqual([
    {
      conversationId: withCarol,
      kind: 'direct',
      members: [
        { userId: 'alice', role: 'member', readSeq: 0 },
        { userId: 'carol', role: 'member', readSeq: 0 },
      ],
      memberCount: 2,
      lastSeq: 1,
      lastMessage: { seq: 1, from: 'alice', sentAt, expiresAt, type: 'text', preview: 'are you there' },
      readSeq: 0,
      unread: 1,
      mentions: 0,
      role: 'member',
      joinedSeq: 0,
    },
  ]);
  expect((await wholeHistory(carol, withCarol)).map(({ content }) => content)).toEqual([
    text('are you there'),
  ]);
});

describe('the same id', () => {
  const content = text('only once');
  async function countOf(id: string): Promise<number> {
    return (await wholeHistory(bob, conversationId)).filter((message) => message.id === id).length;
  }
  const stamp = ({ conversationId: where, seq, sentAt, expiresAt }: Record<string, unknown>) => ({
    where,
    seq,
    sentAt,
    expiresAt,
  });

  test('sent again at once is one message and the same ack', async () => {
    const first = await alice.call('send', { id: 'again', conversationId, content });
    const second = await alice.call('send', { id: 'again', conversationId, content });
    expect(first).not.toHaveProperty('duplicate');
    expect(second).toEqual({ ...first, duplicate: true });
    expect(await countOf('again')).toBe(1);
    expect(bob.pushes.filter(({ message }) => message?.id === 'again')).toHaveLength(1);
  });

  test('sent ten times at once, over two sockets, is one message', async () => {
    const tablet = await connect(system, 'alice');
    const sockets = Array.from({ length: 5 }, async () => connect(system, 'alice'));
    const devices = [alice, tablet, ...(await Promise.all(sockets))];
    const acks = await Promise.all(
      devices.map(async (device) => device.call('send', { id: 'burst', conversationId, content })),
    );
    expect(new Set(acks.map((each) => JSON.stringify(stamp(each)))).size).toBe(1);
    expect(acks.filter(({ duplicate }) => duplicate === undefined)).toHaveLength(1);
    expect(await countOf('burst')).toBe(1);
    for (const device of devices.slice(1)) device.socket.close();
  });

  test('sent again after a reconnect and other messages is still one message', async () => {
    const first = await alice.call('send', { id: 'later', conversationId, content });
    alice.socket.terminate();
    alice = await connect(system, 'alice');
    for (let count = 0; count < 3; count += 1)
      await alice.call('send', { conversationId, content: text('between') });
    expect(await alice.call('send', { id: 'later', conversationId, content })).toEqual({
      ...first,
      duplicate: true,
    });
    expect(await countOf('later')).toBe(1);
  });

  test("is another message when another person's", async () => {
    const first = await alice.call('send', { id: 'ours', conversationId, content });
    const other = await bob.call('send', { id: 'ours', conversationId, content });
    expect(other.seq).toBe(first.seq + 1);
    expect(other).not.toHaveProperty('duplicate');
  });
});

test('a dead connection fails nothing and is dropped', async () => {
  system.gateway.faults.setDisconnects({ times: 0, delayMs: 0 });
  const ghost = await connect(system, 'bob');
  ghost.socket.terminate();
  await ghost.closed;
  const ack = await alice.call('send', { conversationId, content: text('to a ghost') });
  expect(ack).toMatchObject({ type: 'ack', stored: true });
  system.gateway.faults.setDisconnects({ times: 1, delayMs: 0 });
  await bob.until((pushes) => pushes.some(({ message }) => message?.seq === ack.seq));
});

test('what one is no member of does not exist', async () => {
  const mallory = await join(system, 'mallory');
  const unknown = `d-${'x'.repeat(32)}`;
  for (const target of [conversationId, unknown]) {
    for (const call of [
      mallory.call('history', { conversationId: target }),
      mallory.call('send', { conversationId: target, content: text('let me in') }),
    ]) {
      expect(await call).toMatchObject({ type: 'error', error: { code: 'NOT_FOUND', retryable: false } });
    }
  }
});

test('history pages both ways and bounds what can be read', async () => {
  const { conversationId: group } = await alice.call('open', {
    kind: 'group',
    members: ['bob'],
    title: 'pages',
  });
  for (let count = 1; count <= 7; count += 1)
    await alice.call('send', { conversationId: group, content: text(`${count}`) });
  const seqs = (page: { messages: { seq: number }[] }) => page.messages.map(({ seq }) => seq);
  const newest = await bob.call('history', { conversationId: group, limit: 3 });
  expect([seqs(newest), newest.firstSeq, newest.lastSeq, newest.next]).toEqual([[5, 6, 7], 1, 7, 5]);
  const older = await bob.call('history', { conversationId: group, limit: 3, before: newest.next });
  expect([seqs(older), older.next]).toEqual([[2, 3, 4], 2]);
  const oldest = await bob.call('history', { conversationId: group, limit: 3, before: older.next });
  expect([seqs(oldest), oldest.next]).toEqual([[1], undefined]);
  const forward = await bob.call('history', { conversationId: group, limit: 3, after: 3 });
  expect([seqs(forward), forward.next]).toEqual([[4, 5, 6], 6]);
  expect(seqs(await bob.call('history', { conversationId: group, after: 7 }))).toEqual([]);
});

test('long messages come in pages that fit a frame', async () => {
  const { conversationId: group } = await alice.call('open', { kind: 'group', members: ['bob'] });
  for (let count = 0; count < 5; count += 1)
    await alice.call('send', { conversationId: group, content: text('x'.repeat(16_000)) });
  const page = await bob.call('history', { conversationId: group });
  expect(page.messages.length).toBeLessThan(5);
  expect(await wholeHistory(bob, group)).toHaveLength(5);
});

test.each([
  ['a frame that is no JSON', 'hello'],
  ['a frame that is no object', '[1]'],
])('%s is answered without an id and the socket stays open', async (_name, frame) => {
  const errors = () => alice.pushes.filter(({ type }) => type === 'error');
  const before = errors().length;
  alice.sendRaw(frame);
  await alice.until(() => errors().length > before);
  expect(errors().at(-1)).toMatchObject({ id: null, error: { code: 'INVALID_FRAME' } });
  expect(await alice.call('ping')).toMatchObject({ type: 'ack', serverTime: expect.any(Number) });
});

test('an unknown action and a text that is too large have codes of their own', async () => {
  expect(await alice.call('teleport')).toMatchObject({ error: { code: 'UNKNOWN_ACTION' } });
  expect(await alice.call('$connect')).toMatchObject({ error: { code: 'UNKNOWN_ACTION' } });
  const long = { conversationId, content: text('x'.repeat(16_385)) };
  expect(await alice.call('send', long)).toMatchObject({ error: { code: 'TOO_LARGE' } });
});
