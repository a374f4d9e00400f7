import { createConversationStore } from '../../../client/conversations/conversation-store.ts';
import { previewWords } from '../../../client/words/preview-words.ts';
import type { ConversationSummary, LastMessage } from '../../../shared/protocol/conversations/table.ts';
import { chat, settle } from '../support/chat.ts';

const at = 1_800_000_000_000;

const last = (fields: Partial<LastMessage> = {}): LastMessage => ({
  ...{ seq: 1, from: 'bob', sentAt: at - 60_000, expiresAt: at / 1000 + 60, type: 'text', preview: 'hi' },
  ...fields,
});
const entry = (conversationId: string, fields: Partial<ConversationSummary> = {}): ConversationSummary => ({
  ...{ conversationId, kind: 'group', memberCount: 2, lastSeq: 1, readSeq: 0, unread: 1, mentions: 0 },
  ...{ role: 'member', joinedSeq: 0, ...fields },
});
const message = (conversationId: string, seq: number, fields = {}) => ({
  ...{ conversationId, seq, id: `i${seq}`, from: 'bob', sentAt: at, expiresAt: at / 1000 + 600 },
  ...{ content: { type: 'text', text: 'new' } as const, ...fields },
});

function store() {
  const clock = { now: at };
  const made = createConversationStore(() => clock.now, {});
  const order = () => made.summaries().map(({ conversationId }) => conversationId);
  return { ...made, clock, order };
}

test('the list stands as the server has it, also where nothing can be read any more; what comes goes to the top', () => {
  const { applyList, countMessage, addOpened, order } = store();
  const ago = (minutes: number) => ({ lastMessage: last({ sentAt: at - minutes * 60_000 }) });
  applyList([
    entry('new', ago(1)),
    entry('silent'),
    entry('old', ago(9)),
    entry('silent too'),
    entry('oldest', ago(20)),
  ]);
  expect(order()).toEqual(['new', 'silent', 'old', 'silent too', 'oldest']);
  countMessage(message('old', 2), 'alice');
  expect(order()[0]).toBe('old');
  addOpened({ conversationId: 'begun', kind: 'group', members: ['alice'], lastSeq: 0 }, 'Begun');
  countMessage(message('oldest', 2, { sentAt: at + 1 }), 'alice');
  expect(order().slice(0, 2)).toEqual(['oldest', 'old']);
  expect(order()).toHaveLength(6);
});

test('what comes is the preview and counts, unless it is one’s own; no further than a hundred and one', () => {
  const { applyList, countMessage, summary } = store();
  applyList([entry('g', { lastMessage: last(), unread: 99 })]);
  countMessage(message('g', 2, { mentions: ['alice'] }), 'alice');
  expect(summary('g')).toMatchObject({ unread: 100, mentions: 1, lastMessage: { seq: 2, preview: 'new' } });
  countMessage(message('g', 3), 'alice');
  countMessage(message('g', 4), 'alice');
  countMessage(message('g', 5, { from: 'alice', content: { type: 'text', text: 'é'.repeat(300) } }), 'alice');
  expect(summary('g')).toMatchObject({ unread: 101, unreadMore: true, lastSeq: 5 });
  expect(summary('g')?.lastMessage?.preview).toBe('é'.repeat(100));
});

test('the preview of custom content is its kind', () => {
  const { applyList, countMessage, summary } = store();
  applyList([entry('g')]);
  countMessage(message('g', 2, { content: { type: 'custom', kind: 'poll', data: ['secret'] } }), 'alice');
  expect(summary('g')?.lastMessage).toMatchObject({ type: 'custom', preview: 'poll' });
  expect(JSON.stringify(summary('g'))).not.toContain('secret');
});

test('the preview of a voice note says that it is one', () => {
  const { applyList, countMessage, summary } = store();
  applyList([entry('g')]);
  const media = { contentType: 'audio/wav', bytes: 7 };
  countMessage(message('g', 2, { content: { type: 'audio', mediaId: 'm', voice: true, media } }), 'alice');
  const { lastMessage } = summary('g') ?? {};
  expect(lastMessage).toMatchObject({ type: 'audio', voice: true, preview: '' });
  expect(lastMessage && previewWords(lastMessage, 'alice')).toBe('bob: Voice message');
});

test('who calls everybody calls one too; what is erased calls nobody any more', () => {
  const { applyList, countMessage, uncount, summary, timelineOf } = store();
  applyList([entry('g', { unread: 0, lastSeq: 1, readSeq: 1 })]);
  const line = timelineOf('g', 2);
  const told = [
    message('g', 2, { mentionsAll: true }),
    message('g', 3, { mentions: ['alice'] }),
    message('g', 4, { mentions: ['carol'] }),
  ];
  for (const each of told) {
    line.add([each]);
    countMessage(each, 'alice');
  }
  expect(summary('g')).toMatchObject({ unread: 3, mentions: 2 });
  line.erase([2]);
  uncount([told[0]!], 'alice');
  expect(summary('g')).toMatchObject({ unread: 2, mentions: 1 });
});

test('a preview ends with its message, and goes with it when it is erased', () => {
  const { applyList, uncount, summaries, summary, clock, nextEnd } = store();
  applyList([entry('g', { lastMessage: last() }), entry('h', { lastMessage: last({ seq: 7 }), lastSeq: 7 })]);
  expect(nextEnd()).toBe(at + 60_000);
  uncount([{ conversationId: 'h', seq: 7 }], 'alice');
  expect(summary('h')?.lastMessage).toBeUndefined();
  clock.now = at + 60_000;
  expect(summaries().map(({ lastMessage }) => lastMessage)).toEqual([undefined, undefined]);
  expect(nextEnd()).toBeUndefined();
});

test('when the last message is gone the one before it is the preview again, and unread counts what is left', async () => {
  const { client, lapse, conversationId } = chat();
  client.connect();
  await settle();
  for (const words of ['one', 'two']) lapse.post('bob', conversationId, words);
  await settle();
  expect(client.conversations()).toMatchObject([{ unread: 2, lastMessage: { preview: 'two', from: 'bob' } }]);
  lapse.erase(conversationId, 2);
  lapse.push('alice', { type: 'erased', conversationId, seqs: [2] });
  await settle();
  expect(client.conversations()).toMatchObject([{ unread: 1, lastMessage: { preview: 'one' } }]);
  client.close();
});

test('a preview that ends is told though its message was never here', async () => {
  const { client, lapse, conversationId, pass, clock } = chat();
  const told: number[] = [];
  client.on('conversations', (list) => told.push(list.filter(({ lastMessage }) => lastMessage).length));
  const lastMessage = last({ expiresAt: Math.floor(clock.now() / 1000) + 30 });
  lapse.listed = (summary) => ({ ...summary, lastMessage });
  client.connect();
  await settle();
  expect(client.conversations()).toMatchObject([{ conversationId, lastMessage: { preview: 'hi' } }]);
  await pass(31_000);
  expect(told.at(-1)).toBe(0);
  client.close();
});

test('what one mutes, pins or hides shows at once, and so does what one does on another device', async () => {
  const { client, lapse, conversationId } = chat();
  client.connect();
  await settle();
  const listed = () => client.conversations().find((each) => each.conversationId === conversationId);
  await client.mute(conversationId, 4_999.6);
  await client.arrange(conversationId, { pinned: true, hidden: true });
  expect(listed()).toMatchObject({ muted: 5_000, pinned: true, hidden: true });
  lapse.push('alice', { type: 'conversation', conversationId, muted: 0, hidden: false });
  await settle();
  expect(listed()).toMatchObject({ pinned: true });
  expect(listed()).not.toHaveProperty('muted');
  expect(listed()).not.toHaveProperty('hidden');
  client.close();
});
