import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isDelivered = ({ type }: { type: string }) => type === 'delivered';

export const delivered: Topic = {
  title: 'delivered',
  checks: [
    [
      'is told to the other person and the own other device, and moves forward only',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const phone = await enter(deployment, deployment.people.bob);
          const { seq } = await alice.call('send', { conversationId, content: text('on its way') });
          const { id: _id, ...ack } = await bob.call('delivered', { conversationId, seq });
          assert.deepEqual(ack, { type: 'ack' });
          const push = { type: 'delivered', conversationId, userId: bob.userId, seq };
          for (const device of [alice, phone]) {
            await device.until((pushes) => pushes.some(isDelivered));
            assert.deepEqual(device.pushes.filter(isDelivered), [push]);
          }
          for (const other of [1, seq, seq + 1_000])
            assert.equal((await bob.call('delivered', { conversationId, seq: other })).type, 'ack');
          await bob.call('read', { conversationId, seq });
          await alice.until((pushes) => pushes.some(({ type }) => type === 'read'));
          assert.deepEqual(alice.pushes.filter(isDelivered), [push]);
          assert.deepEqual(bob.pushes.filter(isDelivered), []);
          await leave(phone);
        }),
    ],
    [
      'is NOT_FOUND to who is no member',
      (deployment) =>
        withPair(deployment, async ({ conversationId }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          assert.equal((await mallory.call('delivered', { conversationId, seq: 1 })).error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
  ],
};
