import { createQuotes } from '../../../client/conversations/quotes.ts';
import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { chat, settle } from '../support/chat.ts';
import { manualClock } from '../support/manual-clock.ts';

const body = (seq: number, expiresAt: number): MessageBody => ({
  ...{ conversationId: 'c', seq, id: `i${seq}`, from: 'bob', sentAt: 1, expiresAt },
  content: { type: 'text', text: `text ${seq}` },
});

/** A server that has these messages; of it one may be asked for the rest, answered when the test says so. */
function scene(stored: readonly MessageBody[]) {
  const clock = manualClock();
  const there = new Map(stored.map((each) => [each.seq, each]));
  const asked: number[] = [];
  const answers: (() => void)[] = [];
  let changes = 0;
  const quotes = createQuotes({
    clock,
    here: () => 'unknown',
    changed: () => {
      changes += 1;
    },
    request: (async (_action: string, { after = 0 }: { after?: number }) => {
      asked.push(after + 1);
      const found = there.get(after + 1);
      await new Promise<void>((resolve) => answers.push(resolve));
      return { messages: found === undefined ? [] : [found], firstSeq: 1, lastSeq: 9 };
    }) as never,
  });
  const answer = async () => {
    await settle();
    for (const each of answers.splice(0)) each();
    await settle();
  };
  return { clock, there, asked, quotes, answer, changes: () => changes };
}
const inTen = (clock: { now(): number }) => clock.now() / 1000 + 10;

test('what is not here is asked for once, and told when it comes', async () => {
  const clock = manualClock();
  const { quotes, asked, answer, changes } = scene([body(3, inTen(clock))]);
  expect(quotes.find('c', 3)).toBeUndefined();
  expect(quotes.find('c', 3)).toBeUndefined();
  await answer();
  expect(changes()).toBe(1);
  expect(quotes.find('c', 3)?.content).toEqual({ type: 'text', text: 'text 3' });
  expect(quotes.find('c', 4)).toBeUndefined();
  await answer();
  expect(quotes.find('c', 4)).toBeUndefined();
  expect(asked).toEqual([3, 4]);
});

test('a quote ends at the instant at which its message ends, and that is told; another one stays', async () => {
  const { quotes, clock, answer, changes } = scene([
    body(3, inTen(manualClock())),
    body(4, inTen(manualClock()) + 60),
  ]);
  quotes.find('c', 3);
  quotes.find('c', 4);
  await answer();
  await answer();
  const before = changes();
  clock.advance(9_999);
  expect(quotes.find('c', 3)).toBeDefined();
  clock.advance(1);
  expect(quotes.find('c', 3)).toBeUndefined();
  expect(quotes.find('c', 4)).toBeDefined();
  expect(changes()).toBeGreaterThan(before);
});

test('a quote goes when its message is erased, also while it is being asked for', async () => {
  const { quotes, answer } = scene([3, 4, 5].map((seq) => body(seq, inTen(manualClock()))));
  for (const seq of [3, 4, 5]) quotes.find('c', seq);
  await answer();
  quotes.forget('c', [3, 4]);
  await answer();
  await answer();
  expect([3, 4, 5].map((seq) => quotes.find('c', seq)?.seq)).toEqual([undefined, undefined, 5]);
});

test('an answer that was on its way when its message was erased is shown to nobody', async () => {
  const { quotes, answer } = scene([body(3, inTen(manualClock()))]);
  quotes.find('c', 3);
  await settle();
  quotes.forget('c', [3]);
  await answer();
  expect(quotes.find('c', 3)).toBeUndefined();
});

test('after a new session everything is asked anew: what was erased meanwhile is gone', async () => {
  const { quotes, answer, there } = scene([3, 4].map((seq) => body(seq, inTen(manualClock()))));
  quotes.find('c', 3);
  quotes.find('c', 4);
  await answer();
  await answer();
  there.delete(3);
  quotes.clear();
  quotes.find('c', 3);
  quotes.find('c', 4);
  await answer();
  await answer();
  expect([quotes.find('c', 3)?.seq, quotes.find('c', 4)?.seq]).toEqual([undefined, 4]);
});

test('no more than two hundred are kept', async () => {
  const { quotes, asked } = scene([]);
  for (let seq = 1; seq <= 400; seq += 1) quotes.find('c', seq);
  for (let seq = 201; seq <= 400; seq += 1) quotes.find('c', seq);
  await settle();
  // One at a time, and none for what nobody looks at any more.
  expect(asked).toHaveLength(1);
  expect(asked[0]).toBeGreaterThan(200);
});

test('what is among the messages that are here costs no call, and goes with them', async () => {
  const { client, lapse, conversationId } = chat();
  client.connect();
  await settle();
  for (const words of ['one', 'two', 'three']) lapse.post('bob', conversationId, words);
  await settle();
  expect(client.quoted(conversationId, 1)?.content).toEqual({ type: 'text', text: 'one' });
  lapse.erase(conversationId, 1);
  lapse.push('alice', { type: 'erased', conversationId, seqs: [1] });
  await settle();
  expect(client.quoted(conversationId, 1)).toBeUndefined();
  expect(client.quoted(conversationId, 2)).toBeDefined();
  client.close();
});
