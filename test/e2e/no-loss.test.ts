import WebSocket from 'ws';
import { type LapseClient, lapseClient } from '../../client/lapse-client.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { join, openDirect, wholeHistory } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let system: LocalSystem;
beforeAll(async () => {
  const limits = { messagesPerSecond: 1_000, messagesBurst: 2_000 };
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({
      limits,
      throttling: { ratePerSecond: 10_000, burst: 10_000 },
    }),
  });
});
afterAll(() => system?.close());

type Line = { readonly seq: number; readonly from: string; readonly id: string; readonly text: string };

/** A person at the client library over a real WebSocket that the test can cut without a goodbye. */
function person(userId: string) {
  let last: WebSocket | undefined;
  class Cut extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      last = this;
    }
  }
  const client = lapseClient({
    url: system.url,
    token: async () => system.token(userId),
    WebSocket: Cut as unknown as typeof globalThis.WebSocket,
    random: () => 0,
  });
  return { userId, client, cut: () => last?.terminate() };
}

async function joined(userId: string) {
  (await join(system, userId)).socket.close();
  const somebody = person(userId);
  const ready = new Promise<void>((resolve) => {
    somebody.client.on('state', (state) => state.name === 'online' && resolve());
  });
  somebody.client.connect();
  await ready;
  return somebody;
}

const toLine = ({ seq, from, id, content }: MessageBody): Line => ({
  seq,
  from,
  id,
  text: content.type === 'text' ? content.text : '',
});
const lines = (client: LapseClient, conversationId: string): Line[] =>
  client.messages(conversationId).map(toLine);
const wordsOf = (from: string, id: string) => `message ${id.split('-').at(-1)} of ${from}`;

/** Resolves when the person's list holds so many messages. */
async function complete(client: LapseClient, conversationId: string, count: number): Promise<void> {
  if (lines(client, conversationId).length >= count) return;
  await new Promise<void>((resolve) => {
    const stop = client.on('message', () => {
      if (lines(client, conversationId).length < count) return;
      stop();
      resolve();
    });
  });
}

async function sendMany(
  { client, userId, cut }: ReturnType<typeof person>,
  conversationId: string,
  count: number,
  cutEvery = Infinity,
): Promise<string[]> {
  const ids: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    const id = `${userId}-${number}`;
    const sent = client.send(conversationId, wordsOf(userId, id), { id });
    // Cut with a send under way, so that some acks are lost and the message is sent again.
    if (number % cutEvery === 0) cut();
    await sent;
    ids.push(id);
  }
  return ids;
}

function expectSameDenseList(lists: Line[][], ids: string[]): void {
  const [first = []] = lists;
  expect(first.map(({ seq }) => seq)).toEqual(ids.map((_, index) => index + 1));
  expect(new Set(first.map(({ id }) => id))).toEqual(new Set(ids));
  for (const { from, id, text } of first) expect(text).toBe(wordsOf(from, id));
  for (const list of lists) expect(list).toEqual(first);
}

test('two people exchange 1,000 messages while one is cut off every few hundred', async () => {
  const [alice, bob] = await Promise.all([joined('alice'), joined('bob')]);
  const { conversationId } = await alice.client.open({ kind: 'direct', members: ['bob'] });
  const ids = (
    await Promise.all([sendMany(alice, conversationId, 500), sendMany(bob, conversationId, 500, 150)])
  ).flat();
  await Promise.all([alice, bob].map(async ({ client }) => complete(client, conversationId, 1_000)));
  const reader = await join(system, 'alice');
  const stored = (await wholeHistory(reader, conversationId)).map(toLine);
  expectSameDenseList([stored, lines(alice.client, conversationId), lines(bob.client, conversationId)], ids);
  for (const { client } of [alice, bob]) client.close();
  reader.socket.close();
});

test('twenty people in a group see one list, whoever is cut off', async () => {
  const names = Array.from({ length: 20 }, (_, index) => `member-${index + 1}`);
  const [first, ...others] = await Promise.all(names.map(joined));
  if (first === undefined) throw new Error('nobody');
  const { conversationId } = await first.client.open({ kind: 'group', members: names, title: 'twenty' });
  const everybody = [first, ...others];
  const ids = (
    await Promise.all(
      everybody.map(async (each, index) => sendMany(each, conversationId, 10, index < 5 ? 4 : Infinity)),
    )
  ).flat();
  await Promise.all(everybody.map(async ({ client }) => complete(client, conversationId, 200)));
  expectSameDenseList(
    everybody.map(({ client }) => lines(client, conversationId)),
    ids,
  );
  for (const { client } of everybody) client.close();
});

test('what was written meanwhile is there after hello with cursors and history', async () => {
  const [carol, dave] = await Promise.all([join(system, 'carol'), join(system, 'dave')]);
  const conversationId = await openDirect(carol, 'dave');
  dave.socket.terminate();
  for (let count = 0; count < 3; count += 1) {
    await carol.call('send', { conversationId, content: { type: 'text', text: `while away ${count}` } });
  }
  const back = await join(system, 'dave');
  const hello = await back.call('hello', { cursors: { [conversationId]: 0 } });
  expect(hello.conversations).toMatchObject([{ conversationId, lastSeq: 3 }]);
  const { messages } = await back.call('history', { conversationId, after: 0 });
  expect(messages.map(({ seq }: Line) => seq)).toEqual([1, 2, 3]);
  for (const { socket } of [carol, back]) socket.close();
});
