import assert from 'node:assert/strict';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isTyping = ({ type }: { type: string }) => type === 'typing';

export const typing: Topic = {
  title: 'typing',
  checks: [
    [
      'is told to the other person and to no device of one’s own, with the newest seq if it is given',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const phone = await enter(deployment, deployment.people.alice);
          await alice.call('typing', { conversationId });
          const push = { type: 'typing', conversationId, userId: alice.userId };
          await bob.until((pushes) => pushes.some(isTyping));
          assert.deepEqual(bob.pushes.filter(isTyping), [push]);
          await alice.call('typing', { conversationId, seq: 1 });
          await bob.until((pushes) => pushes.filter(isTyping).length === 2);
          assert.deepEqual(bob.pushes.filter(isTyping)[1], { ...push, seq: 1 });
          for (const own of [alice, phone]) assert.deepEqual(own.pushes.filter(isTyping), []);
          await leave(phone);
        }),
    ],
    [
      'is NOT_FOUND to who is no member',
      (deployment) =>
        withPair(deployment, async ({ conversationId }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          assert.equal((await mallory.call('typing', { conversationId })).error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
  ],
};
