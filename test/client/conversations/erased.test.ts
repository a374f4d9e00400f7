import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { type Chat, chat, settle } from '../support/chat.ts';

async function online(): Promise<Chat & { readonly erased: number[] }> {
  const begun = chat();
  const erased: number[] = [];
  begun.client.on('erased', (messages: readonly MessageBody[]) =>
    erased.push(...messages.map(({ seq }) => seq)),
  );
  begun.client.connect();
  await settle();
  return { ...begun, erased };
}

const seqsOf = ({ client, conversationId }: Chat) => client.messages(conversationId).map(({ seq }) => seq);
const erasedPush = (conversationId: string, ...seqs: number[]) => ({ type: 'erased', conversationId, seqs });
const historyOf = ({ lapse }: Chat) => lapse.frames.filter(({ action }) => action === 'history').length;

test('an erased message goes from the screen, the others stay, and the next is in its place', async () => {
  const here = await online();
  for (const text of ['1', '2', '3']) here.lapse.post('bob', here.conversationId, text);
  here.lapse.erase(here.conversationId, 2);
  here.lapse.push('alice', erasedPush(here.conversationId, 2, 2));
  here.lapse.post('bob', here.conversationId, '4');
  await settle();
  expect(here.erased).toEqual([2]);
  expect(seqsOf(here)).toEqual([1, 3, 4]);
  await here.pass(60_000);
  expect(historyOf(here)).toBe(0);
});

test('what waited behind an erased number is shown at once, and history is not asked', async () => {
  const here = await online();
  here.lapse.pushFault = ({ seq }) => (seq === 1 ? 'lose' : 'none');
  for (const text of ['1', '2']) here.lapse.post('bob', here.conversationId, text);
  await settle();
  expect(here.heard).toEqual([]);
  here.lapse.push('alice', erasedPush(here.conversationId, 1));
  await settle();
  expect(here.heard).toEqual(['2']);
  await here.pass(250);
  expect(historyOf(here)).toBe(0);
});

test('a push that was under way when its message was erased shows nothing', async () => {
  const here = await online();
  here.lapse.pushFault = () => 'hold';
  here.lapse.post('bob', here.conversationId, 'late');
  here.lapse.push('alice', erasedPush(here.conversationId, 1));
  here.lapse.release();
  here.lapse.pushFault = () => 'none';
  here.lapse.post('bob', here.conversationId, 'next');
  await settle();
  expect(here.heard).toEqual(['next']);
  expect(here.erased).toEqual([]);
});

test.each([
  ['in the middle', [2], ['1', '3']],
  ['at the beginning', [1], ['2', '3']],
  ['at the end', [3], ['1', '2']],
  ['all of them', [1, 2, 3], []],
])('numbers missing %s of what was missed are not asked for again and again', async (_where, gone, left) => {
  const here = await online();
  here.lapse.pageSize = 2;
  here.lapse.dropAll();
  for (const text of ['1', '2', '3']) here.lapse.post('bob', here.conversationId, text);
  for (const seq of gone) here.lapse.erase(here.conversationId, seq);
  for (let round = 0; round < 5; round += 1) await here.pass(1_000);
  expect(here.heard).toEqual(left);
  expect(historyOf(here)).toBeLessThanOrEqual(2);
  const asked = historyOf(here);
  for (let round = 0; round < 20; round += 1) await here.pass(30_000);
  expect(historyOf(here)).toBe(asked);
  expect(here.client.cursors()[here.conversationId]).toBe(3);
});

test('an erased account is told its receipt, and its client does not come back', async () => {
  const here = await online();
  const receipts: string[] = [];
  here.client.on('erasure', ({ requestId }) => receipts.push(requestId));
  here.lapse.push('alice', { type: 'erasure', scope: 'account', requestId: 'r1', state: 'done', stores: [] });
  here.lapse.push('alice', { type: 'bye', reason: 'ACCOUNT_ERASED', reconnect: false });
  await settle();
  here.lapse.dropAll();
  for (let round = 0; round < 20; round += 1) await here.pass(60_000);
  expect(receipts).toEqual(['r1']);
  expect(here.client.state()).toEqual({ name: 'closed', reason: 'ACCOUNT_ERASED' });
  expect(here.lapse.tokens).toHaveLength(1);
});

test('frames of these types that are not as they should be are left to the app', async () => {
  const here = await online();
  const pushes: object[] = [];
  here.client.on('push', (push) => pushes.push(push));
  const odd = [
    { type: 'erased', conversationId: here.conversationId, seqs: 'all' },
    { type: 'erasure', state: 'done', stores: [null] },
  ];
  for (const frame of odd) here.lapse.push('alice', frame);
  await settle();
  expect(pushes).toEqual(odd);
});
