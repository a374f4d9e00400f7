import assert from 'node:assert/strict';
import { text, wholeHistory } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const resume: Topic = {
  title: 'resume',
  checks: [
    [
      'who was away finds by the cursors where something happened, and reads it',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          const seen = await alice.call('send', { conversationId, content: text('seen') });
          await leave(bob);
          for (const words of ['missed', 'this too'])
            await alice.call('send', { conversationId, content: text(words) });
          const back = await enter(deployment, deployment.people.bob);
          const behind = await back.call('hello', { cursors: { [conversationId]: seen.seq } });
          const found = behind.conversations.find(
            (each: { conversationId: string }) => each.conversationId === conversationId,
          );
          assert.equal(found.lastSeq, seen.seq + 2);
          if (stored) {
            const missed = (await wholeHistory(back, conversationId)).filter(({ seq }) => seq > seen.seq);
            assert.deepEqual(
              missed.map(({ content }) => content),
              [text('missed'), text('this too')],
            );
          }
          await leave(back);
        }),
    ],
  ],
};
