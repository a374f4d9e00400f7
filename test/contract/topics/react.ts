import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const codes = (replies: readonly { error?: { code: string } }[]) => replies.map(({ error }) => error?.code);

export const react: Topic = {
  title: 'react',
  checks: [
    [
      'one emoji is counted once, seen by both and taken back; of what one cannot read it is not found',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const { seq } = await alice.call('send', { conversationId, content: text('to react to') });
          const fields = { conversationId, seq, emoji: '👍', on: true };
          const first = await bob.call('react', fields);
          if (first.error?.code === 'NOT_STORED') {
            assert.deepEqual(codes([await alice.call('react', fields)]), ['NOT_STORED']);
            return;
          }
          assert.deepEqual(first.reactions, [{ emoji: '👍', count: 1, own: true }]);
          await alice.until((pushes) =>
            pushes.some(({ type, rev, by }) => type === 'reacted' && rev === first.rev && by.emoji === '👍'),
          );
          assert.deepEqual((await bob.call('react', fields)).rev, first.rev);
          const { messages } = await alice.call('history', { conversationId });
          assert.deepEqual(messages.at(-1).reactions, [{ emoji: '👍', count: 1 }]);
          const mallory = await enter(deployment, deployment.people.mallory);
          const refused = await Promise.all([
            mallory.call('react', fields),
            bob.call('react', { ...fields, seq: seq + 1_000 }),
            bob.call('react', { ...fields, emoji: 'yes' }),
          ]);
          assert.deepEqual(codes(refused), ['NOT_FOUND', 'NOT_FOUND', 'INVALID_FRAME']);
          await leave(mallory);
          assert.deepEqual((await bob.call('react', { ...fields, on: false })).reactions, []);
        }),
    ],
  ],
};
