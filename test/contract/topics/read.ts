import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { type Entered, enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isRead = ({ type }: { type: string }) => type === 'read';

async function placeOf(person: Entered, conversationId: string) {
  const { conversations } = await person.call('hello', { cursors: { [conversationId]: 0 } });
  return conversations.find((each: { conversationId: string }) => each.conversationId === conversationId);
}

export const read: Topic = {
  title: 'read',
  checks: [
    [
      'moves readSeq forward only, up to the newest message; the other person and the own other device see it',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const phone = await enter(deployment, deployment.people.bob);
          const { seq } = await alice.call('send', { conversationId, content: text('read me') });
          assert((await placeOf(bob, conversationId)).unread >= 1);
          assert.equal((await bob.call('read', { conversationId, seq })).type, 'ack');
          const push = { type: 'read', conversationId, userId: bob.userId, seq };
          for (const device of [alice, phone]) {
            await device.until((pushes) => pushes.some(isRead));
            assert.deepEqual(device.pushes.filter(isRead), [push]);
          }
          for (const other of [1, seq + 1_000]) await bob.call('read', { conversationId, seq: other });
          assert.partialDeepStrictEqual(await placeOf(bob, conversationId), { readSeq: seq, unread: 0 });
          assert.deepEqual(bob.pushes.filter(isRead), []);
          await leave(phone);
        }),
    ],
    [
      'is NOT_FOUND to who is no member',
      (deployment) =>
        withPair(deployment, async ({ conversationId }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          assert.equal((await mallory.call('read', { conversationId, seq: 1 })).error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
  ],
};
