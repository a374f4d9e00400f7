import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { join, text } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
beforeAll(async () => {
  system = await startTestSystem();
});
afterAll(() => system?.close());

test('a device whose callback hangs delays nobody else, and not the ack beyond its own time; it gets the message later', async () => {
  const alice = await join(system, 'alice');
  const carol = await join(system, 'carol');
  const others = new Set(system.gateway.connectionIds());
  const bob = await join(system, 'bob');
  const bobs = system.gateway.connectionIds().find((connectionId) => !others.has(connectionId)) ?? '';
  const { conversationId } = await alice.call('open', { kind: 'group', members: ['bob', 'carol'] });
  const happened: string[] = [];
  const says = (words: string) => (pushes: readonly { message?: { content: { text?: string } } }[]) =>
    pushes.some(({ message }) => message?.content.text === words);

  system.gateway.faults.set({ kind: 'hang' }, { connectionId: bobs, times: 1 });
  const shown = carol.until(says('all of you')).then(() => happened.push('carol'));
  const ack = await alice.call('send', { conversationId, content: text('all of you') });
  happened.push('ack');
  await shown;
  expect(ack).toMatchObject({ type: 'ack', seq: 1 });
  expect(happened).toEqual(['carol', 'ack']);
  // By the queue.
  await bob.until(says('all of you'));

  system.gateway.faults.set({ kind: 'hang' }, { connectionId: bobs, times: 2 });
  const acks = await Promise.all(
    ['one', 'two'].map(async (words) => alice.call('send', { conversationId, content: text(words) })),
  );
  expect(acks.map(({ type }) => type)).toEqual(['ack', 'ack']);
});
