import { createReceiptMarks } from '../../../client/conversations/receipt-marks.ts';
import type { ConversationSummary } from '../../../shared/protocol/conversations/table.ts';
import { chat, settle } from '../support/chat.ts';

const group = (members: readonly string[], memberCount = members.length): ConversationSummary => ({
  ...{ conversationId: 'g', kind: 'group', memberCount, lastSeq: 9, readSeq: 0, unread: 0, mentions: 0 },
  ...{
    role: 'member',
    joinedSeq: 0,
    members: members.map((userId) => ({ userId, role: 'member' }) as const),
  },
});

test('as far as all of the others have come; who has read it has it; of a large group nobody can say', () => {
  const { note, noteList, upTo, clear } = createReceiptMarks();
  const trio = group(['alice', 'bob', 'carol']);
  note('delivered', 'g', 'bob', 5);
  expect(upTo(trio, 'alice')).toEqual({ read: 0, delivered: 0 });
  noteList([{ ...trio, members: [{ userId: 'carol', role: 'member', readSeq: 4 }] }]);
  expect(upTo(trio, 'alice')).toEqual({ read: 0, delivered: 4 });
  note('read', 'g', 'bob', 3);
  note('read', 'g', 'bob', 2);
  expect(upTo(trio, 'alice')).toEqual({ read: 3, delivered: 4 });
  expect(upTo(group(['alice', 'bob'], 40), 'alice')).toEqual({ read: 0, delivered: 0 });
  expect(upTo(group(['alice']), 'alice')).toEqual({ read: 0, delivered: 0 });
  clear();
  expect(upTo(trio, 'alice')).toEqual({ read: 0, delivered: 0 });
});

test('ticks survive a reload: the list says how far the other one has read', async () => {
  const { client, lapse, conversationId } = chat();
  lapse.listed = (summary) => ({
    ...summary,
    members: [
      { userId: 'alice', role: 'member' },
      { userId: 'bob', role: 'member', readSeq: 2 },
    ],
  });
  client.connect();
  await settle();
  expect(client.receipts(conversationId)).toEqual({ read: 2, delivered: 2 });
  lapse.push('alice', { type: 'delivered', conversationId, userId: 'bob', seq: 4 });
  lapse.push('alice', { type: 'read', conversationId, userId: 'bob', seq: 3 });
  await settle();
  expect(client.receipts(conversationId)).toEqual({ read: 3, delivered: 4 });
  client.close();
});

test('what has come is told once in two seconds, what is read or one’s own not at all', async () => {
  const { client, lapse, conversationId, pass } = chat();
  const told = () => lapse.frames.flatMap((frame) => (frame.action === 'delivered' ? [frame.seq] : []));
  client.connect();
  await settle();
  for (const words of ['one', 'two', 'three']) lapse.post('bob', conversationId, words);
  await settle();
  expect(told()).toEqual([]);
  await pass(2_000);
  expect(told()).toEqual([3]);
  await client.send(conversationId, 'mine');
  lapse.post('bob', conversationId, 'five');
  await settle();
  client.read(conversationId);
  await pass(2_000);
  expect(told()).toEqual([3]);
  client.close();
});

test('what came while one was away is told when one is back, and what could not be told then', async () => {
  const { client, lapse, conversationId, pass } = chat();
  const told = () => lapse.frames.flatMap((frame) => (frame.action === 'delivered' ? [frame.seq] : []));
  lapse.post('bob', conversationId, 'one');
  client.connect();
  await settle();
  lapse.fault = ({ action }) => (action === 'delivered' ? 'drop-before' : 'none');
  await pass(2_000);
  expect(told()).toEqual([1]);
  lapse.fault = () => 'none';
  await pass(5_000);
  expect(told()).toEqual([1, 1]);
  client.close();
});
