import fc from 'fast-check';
import { followMessages } from '../../../client/conversations/follow-messages.ts';
import { chat, settle } from '../support/chat.ts';
import { textOf } from '../support/text-of.ts';

async function online(retentionSeconds?: number) {
  const setting = chat({}, retentionSeconds);
  setting.lapse.consented.add('alice');
  setting.client.connect();
  await settle();
  return setting;
}

test('who takes them slowly misses none, also not what came while they were away', async () => {
  const { client, conversationId, lapse, pass } = await online();
  const taken: string[] = [];
  const take = followMessages(client, conversationId);
  const first = take.next();
  for (let index = 0; index < 300; index += 1) lapse.post('bob', conversationId, `text ${index}`);
  await settle();
  const { value } = await first;
  taken.push(textOf(value!));
  lapse.dropAll();
  for (let index = 300; index < 330; index += 1) lapse.post('bob', conversationId, `text ${index}`);
  await settle();
  await pass(1_000);
  await pass(1_000);
  for (let index = 1; index < 330; index += 1) taken.push(textOf((await take.next()).value!));
  expect(taken).toEqual(Array.from({ length: 330 }, (_, index) => `text ${index}`));
  const last = take.next();
  client.close();
  expect(await last).toEqual({ done: true, value: undefined });
});

test('what was erased, edited or has ended before its turn does not come as it was', async () => {
  const { client, conversationId, lapse, pass } = await online(600);
  const take = followMessages(client, conversationId, { after: 0 });
  for (const text of ['one', 'two', 'three']) lapse.post('bob', conversationId, text);
  await settle();
  expect(textOf((await take.next()).value!)).toBe('one');
  lapse.push('alice', { type: 'erased', conversationId, seqs: [2], rev: 1 });
  const content = { type: 'text', text: 'third' };
  lapse.push('alice', { type: 'edited', conversationId, seq: 3, rev: 2, content, editedAt: 5 });
  await settle();
  expect(textOf((await take.next()).value!)).toBe('third');
  lapse.post('bob', conversationId, 'four');
  await settle();
  await pass(700_000);
  lapse.post('bob', conversationId, 'five');
  await settle();
  expect(textOf((await take.next()).value!)).toBe('five');
});

test('it ends with its signal, and leaves nothing behind', async () => {
  const { client, conversationId } = await online();
  const listening = new Set<string>();
  const counted = {
    messages: client.messages,
    state: client.state,
    on: ((name, listener) => {
      const off = client.on(name, listener);
      listening.add(name);
      return () => {
        listening.delete(name);
        off();
      };
    }) as typeof client.on,
  };
  const stop = new AbortController();
  const take = followMessages(counted, conversationId, { signal: stop.signal });
  const waiting = take.next();
  expect(listening.size).toBe(7);
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
  expect(listening.size).toBe(0);
});

test('in whatever way messages come and are taken, each comes once and in order', async () => {
  const acts = fc.array(
    fc.oneof(fc.constant('post'), fc.constant('take'), fc.constant('drop'), fc.constant('wait')),
    {
      minLength: 20,
      maxLength: 60,
    },
  );
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const { client, conversationId, lapse, pass } = await online();
      const take = followMessages(client, conversationId, { after: 0 });
      const taken: number[] = [];
      let posted = 0;
      const asked: Promise<void>[] = [];
      const ask = () =>
        asked.push(
          take.next().then(({ value }) => {
            if (value) taken.push(value.seq);
          }),
        );
      for (const step of steps) {
        if (step === 'post') posted += lapse.post('bob', conversationId, 'text') ? 1 : 0;
        else if (step === 'take') ask();
        else if (step === 'drop') lapse.dropAll();
        else await settle();
      }
      for (let second = 0; second < 5; second += 1) await pass(1_000);
      while (asked.length < posted) ask();
      await settle();
      await settle();
      const expected = Array.from({ length: posted }, (_, index) => index + 1);
      expect(taken).toEqual(expected);
      client.close();
      await Promise.all(asked);
    }),
    { numRuns: 60 },
  );
});
