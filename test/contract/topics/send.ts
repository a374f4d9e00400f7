import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const send: Topic = {
  title: 'send',
  checks: [
    [
      'acked with seq, times and end; pushed to the others and to the own other device, not back',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          const phone = await enter(deployment, deployment.people.alice);
          const ack = await alice.call('send', { conversationId, content: text('hello') });
          assert.equal(ack.stored, stored);
          assert.equal(ack.expiresAt, Math.floor(ack.sentAt / 1000) + alice.hello.retention.messages.seconds);
          const { type: _type, stored: _stored, ...stamped } = ack;
          const message = { ...stamped, from: alice.userId, content: text('hello') };
          for (const device of [bob, phone]) {
            await device.until((pushes) => pushes.length > 0);
            assert.partialDeepStrictEqual(device.pushes, [{ type: 'message', message }]);
          }
          assert.deepEqual(alice.pushes, []);
          await leave(phone);
        }),
    ],
    [
      'everybody sees one order: numbers without a gap, times that never fall',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const acks = await Promise.all(
            Array.from({ length: 10 }, async (_, index) =>
              (index % 2 === 0 ? alice : bob).call('send', { conversationId, content: text(`no. ${index}`) }),
            ),
          );
          const ordered = acks.toSorted((one, other) => one.seq - other.seq);
          for (const [index, { seq, sentAt }] of ordered.entries()) {
            assert.equal(seq, ordered[0].seq + index);
            assert(sentAt >= (ordered[index - 1]?.sentAt ?? 0));
          }
        }),
    ],
    [
      'the same id again, at once and five times together, is one message with one answer',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const id = `again-${Date.now()}`;
          const frame = { id, conversationId, content: text('only once') };
          const first = await alice.call('send', frame);
          const tablets = await Promise.all(
            Array.from({ length: 5 }, () => enter(deployment, deployment.people.alice)),
          );
          const repeats = await Promise.all(tablets.map((tablet) => tablet.call('send', frame)));
          for (const repeat of repeats) assert.deepEqual(repeat, { ...first, duplicate: true });
          const next = await alice.call('send', { conversationId, content: text('next') });
          assert.equal(next.seq, first.seq + 1);
          const others = await bob.call('send', frame);
          assert.equal(others.seq, next.seq + 1);
          assert.equal(others.duplicate, undefined);
          await leave(...tablets);
        }),
    ],
  ],
};
