import { connect, openDirect, type Person, text } from '../support/chat-person.ts';
import { everythingKept } from '../support/everything-kept.ts';
import { codeOf, type MediaChat, startMediaChat } from '../support/media-chat.ts';
import { anyFile, sendFile } from '../support/media-exchange.ts';
import { sweepUploads } from '../support/passing-time.ts';

let chat: MediaChat;
let alice: Person;
let bob: Person;
let conversationId: string;

beforeAll(async () => {
  chat = await startMediaChat();
  ({ alice, bob, conversationId } = chat);
});
afterAll(async () => chat?.close());

const pushed = (person: Person, type: string) => person.pushes.filter((push) => push.type === type);
const keptWith = async (words: string) =>
  (await everythingKept(chat.system)).filter((kept) => kept.text.includes(words));

test('an edit is told to everybody, also to who was away, and nothing is left of what was said before', async () => {
  const { seq } = await alice.call('send', { conversationId, content: text('old canary words') });
  const { editedAt, rev, ...ack } = await alice.call('edit', {
    conversationId,
    seq,
    content: text('new words'),
  });
  expect(ack).toMatchObject({ type: 'ack', conversationId, seq });
  await bob.until(() => pushed(bob, 'edited').length > 0);
  const content = text('new words');
  expect(pushed(bob, 'edited')).toEqual([{ type: 'edited', conversationId, seq, rev, content, editedAt }]);
  const { messages, changes, lastRev } = await bob.call('history', { conversationId, changedAfter: rev - 1 });
  expect([changes, lastRev]).toEqual([[{ rev, seq, kind: 'edit' }], rev]);
  expect(messages).toEqual([expect.objectContaining({ seq, content, editedAt, rev, from: 'alice' })]);
  expect(await keptWith('old canary words')).toEqual([]);
  expect(await keptWith('new words')).toHaveLength(1);
  const list = (await bob.call('hello')).conversations;
  expect(list).toEqual([expect.objectContaining({ conversationId, lastRev: rev })]);
  expect(codeOf(await bob.call('edit', { conversationId, seq, content: text('mine') }))).toBe('FORBIDDEN');
  expect(codeOf(await alice.call('history', { conversationId, changedAfter: 0, after: 0 }))).toBe(
    'INVALID_FRAME',
  );
});

test('a message with media is taken back: the media is gone at once, what it said is nowhere, its number stays', async () => {
  const { seq } = await sendFile(alice, conversationId, anyFile());
  const [{ content }] = (await bob.call('history', { conversationId, after: seq - 1 })).messages;
  const { mediaId } = content;
  const phone = await connect(chat.system, 'alice');
  const { rev, recalledAt } = await alice.call('recall', { conversationId, seq });
  await phone.until(() => pushed(phone, 'recalled').length > 0);
  expect(pushed(phone, 'recalled')).toEqual([{ type: 'recalled', conversationId, seq, rev, recalledAt }]);
  expect((await chat.objects.keys(mediaId)).filter((key) => key.startsWith('media/'))).toEqual([]);
  expect(codeOf(await bob.call('download', { conversationId, seq }))).toBe('NOT_FOUND');
  const [message] = (await bob.call('history', { conversationId, after: seq - 1 })).messages;
  expect(message).toMatchObject({ seq, from: 'alice', content: { type: 'recalled' }, recalledAt, rev });
  expect(codeOf(await alice.call('edit', { conversationId, seq, content: text('again') }))).toBe('NOT_FOUND');
  expect(codeOf(await bob.call('recall', { conversationId, seq }))).toBe('NOT_FOUND');
  await sweepUploads(chat.system, chat.tables, mediaId);
  expect(await chat.objects.keys(mediaId)).toEqual([]);
  phone.socket.close();
});

test('the id of a send is not taken for that of a change: refused at once, and nothing is changed', async () => {
  const sent = { id: 'used-twice', conversationId, content: text('used once') };
  const { seq } = await alice.call('send', sent);
  const again = { id: 'used-twice', conversationId, seq };
  expect(codeOf(await alice.call('edit', { ...again, content: text('used twice') }))).toBe('CONFLICT');
  expect(codeOf(await alice.call('pin', { ...again, on: true }))).toBe('CONFLICT');
  expect(codeOf(await alice.call('recall', again))).toBe('CONFLICT');
  const [message] = (await bob.call('history', { conversationId, after: seq - 1 })).messages;
  expect(message).toMatchObject({ seq, content: text('used once') });
  expect(message).not.toHaveProperty('rev');
});

test('after the window it is refused, and an erasure is a change, too', async () => {
  const other = await openDirect(alice, 'mallory');
  const { seq } = await alice.call('send', { conversationId: other, content: text('long ago') });
  await chat.tables.change('MESSAGE_TABLE', { conversationId: other, seq }, { sentAt: Date.now() - 901_000 });
  for (const [action, fields] of [
    ['edit', { content: text('now') }],
    ['recall', {}],
  ] as const)
    expect(codeOf(await alice.call(action, { conversationId: other, seq, ...fields }))).toBe('WINDOW_CLOSED');
  await alice.call('erase', { scope: 'message', conversationId: other, seq });
  await alice.until(() => pushed(alice, 'erased').length > 0);
  const [{ rev }] = pushed(alice, 'erased');
  const { changes, messages } = await chat.mallory.call('history', {
    conversationId: other,
    changedAfter: 0,
  });
  expect([changes, messages]).toEqual([[{ rev, seq, kind: 'erase' }], []]);
});
