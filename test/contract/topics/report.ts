import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const codes = (replies: readonly { error?: { code: string } }[]) => replies.map(({ error }) => error?.code);

export const report: Topic = {
  title: 'report',
  checks: [
    [
      'of what one can read is acked, again too, and nobody is told; of what one cannot it is not found',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const { seq, stored } = await alice.call('send', {
            conversationId,
            content: text('to be reported'),
          });
          await bob.until((pushes) => pushes.some(({ message }) => message?.seq === seq));
          const fields = { conversationId, seq, reason: 'other' };
          const first = await bob.call('report', fields);
          // Where messages are not stored, or no reports are taken, the reply says so to everybody.
          if (first.error?.code === 'NOT_STORED') {
            assert.deepEqual(codes([await alice.call('report', fields)]), ['NOT_STORED']);
            return;
          }
          assert.equal(stored, true);
          const { id: _id, ...ack } = first;
          assert.deepEqual(ack, { type: 'ack' });
          const { id: _again, ...again } = await bob.call('report', { ...fields, reason: 'spam' });
          assert.deepEqual(again, { type: 'ack' });
          const mallory = await enter(deployment, deployment.people.mallory);
          const refused = await Promise.all([
            alice.call('report', fields),
            mallory.call('report', fields),
            bob.call('report', { ...fields, seq: seq + 1_000 }),
            bob.call('report', { ...fields, reason: 'dislike' }),
          ]);
          assert.deepEqual(codes(refused), ['FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'INVALID_FRAME']);
          await leave(mallory);
          await alice.call('ping');
          assert(!alice.pushes.some((push) => JSON.stringify(push).includes('report')));
        }),
    ],
  ],
};
