import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, join, openDirect, text, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system?.close());

test('what somebody writes whom one blocks is acked to them and hidden from oneself; own devices know', async () => {
  const [ann, mal] = await Promise.all([join(system, 'ann'), join(system, 'mal')]);
  const tablet = await connect(system, 'ann');
  await ann.call('profile', { set: { nickname: 'Ann' } });
  const conversationId = await openDirect(mal, 'ann');
  await mal.call('send', { conversationId, content: text('before') });
  await ann.until((pushes) => pushes.length === 1);

  const { id: _id, ...ack } = await ann.call('block', { userId: 'mal', blocked: true });
  expect(ack).toEqual({ type: 'ack' });
  await tablet.until((pushes) => pushes.some(({ type }) => type === 'blocked'));
  expect(tablet.pushes.at(-1)).toEqual({ type: 'blocked', userId: 'mal', blocked: true });
  expect((await ann.call('hello')).blocked).toEqual(['mal']);

  const sent = await mal.call('send', { conversationId, content: text('hidden') });
  expect(sent).toMatchObject({ type: 'ack', seq: 2, stored: true });
  await mal.call('typing', { conversationId });
  expect((await mal.call('profile', { get: ['ann'] })).profiles).toEqual([{ userId: 'ann' }]);
  await ann.call('read', { conversationId, seq: 1 });
  expect((await wholeHistory(mal, conversationId)).map(({ content }) => content)).toEqual([
    text('before'),
    text('hidden'),
  ]);
  expect((await wholeHistory(ann, conversationId)).map(({ content }) => content)).toEqual([text('before')]);
  expect((await ann.call('hello')).conversations).toMatchObject([{ conversationId, unread: 0 }]);

  await ann.call('block', { userId: 'mal', blocked: false });
  await mal.call('send', { conversationId, content: text('again') });
  await ann.until((pushes) => pushes.length === 2);
  const shown = ann.pushes.map((push) => [push.type, push.message.content.text]);
  expect(shown).toEqual([
    ['message', 'before'],
    ['message', 'again'],
  ]);
  expect((await wholeHistory(ann, conversationId)).map(({ seq }) => seq)).toEqual([1, 3]);
  // Nothing came but what is theirs: no mark of how far, no typing, and nothing of the block.
  expect(mal.pushes).toEqual([]);
  for (const { socket } of [ann, tablet, mal]) socket.close();
});

test('one’s own id, and more than a list has room for, are refused', async () => {
  const eve = await join(system, 'eve');
  expect((await eve.call('block', { userId: 'eve', blocked: true })).error?.code).toBe('INVALID_FRAME');
  expect((await eve.call('block', { userId: 'bob' })).error?.code).toBe('INVALID_FRAME');
  for (const userId of ['a', 'b', 'c']) await eve.call('block', { userId, blocked: true });
  const { id: _id, ...page } = await eve.call('block', { after: 'a' });
  expect(page).toEqual({ type: 'ack', blocked: ['b', 'c'] });
  eve.socket.close();
});
