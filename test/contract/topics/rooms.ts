import assert from 'node:assert/strict';
import { type Frame, type Person, text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

/** Undefined where the operator has none, or makes them alone. */
async function openRoom(person: Person): Promise<string | undefined> {
  const { conversationId, error } = await person.call('open', { kind: 'room', members: [] });
  if (error !== undefined) assert(['NOT_STORED', 'NOT_FOUND'].includes(error.code));
  return conversationId;
}

const messagesIn = (pushes: readonly Frame[]) =>
  pushes.filter(({ type }) => type === 'messages').flatMap(({ messages }) => messages);

export const rooms: Topic = {
  title: 'rooms',
  checks: [
    [
      'whoever watches writes, reads and is told, in the order of numbers, once',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const conversationId = await openRoom(alice);
          if (conversationId === undefined) return;
          for (const person of [alice, bob]) {
            const watching = await person.call('watch', { conversationId });
            assert.equal(watching.lastSeq, 0);
            assert.equal((await person.call('watch', { conversationId })).type, 'ack');
          }
          const sent = [];
          for (const words of ['one', 'two', 'three'])
            sent.push(await alice.call('send', { conversationId, content: text(words) }));
          const numbers = sent.map(({ seq }) => seq);
          for (const person of [alice, bob]) {
            await person.until((pushes) => messagesIn(pushes).length === numbers.length);
            assert.deepEqual(
              messagesIn(person.pushes).map(({ seq }: Frame) => seq),
              numbers,
            );
          }
          const { messages } = await bob.call('history', { conversationId, after: 0 });
          assert.deepEqual(
            messages.map(({ content }: Frame) => content.text),
            ['one', 'two', 'three'],
          );
        }),
    ],
    [
      'whoever does not watch is told NOT_FOUND, also after `unwatch`',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const conversationId = await openRoom(alice);
          if (conversationId === undefined) return;
          const mallory = await enter(deployment, deployment.people.mallory);
          await bob.call('watch', { conversationId });
          assert.equal((await bob.call('unwatch', { conversationId })).type, 'ack');
          for (const person of [alice, bob, mallory]) {
            const send = await person.call('send', { conversationId, content: text('no') });
            const asked: Frame[] = [send, await person.call('history', { conversationId })];
            asked.push(await person.call('unwatch', { conversationId }));
            assert.deepEqual(
              asked.map(({ error }) => error?.code),
              ['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND'],
            );
          }
          assert.equal(
            (await mallory.call('watch', { conversationId: 'r-nowhere' })).error.code,
            'NOT_FOUND',
          );
          await leave(mallory);
        }),
    ],
  ],
};
