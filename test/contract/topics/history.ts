import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

export const history: Topic = {
  title: 'history',
  checks: [
    [
      'paged forwards and backwards without a gap or a repeat; NOT_STORED where nothing is stored',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const group = { kind: 'group', members: [bob.userId] };
          const { conversationId } = await alice.call('open', group);
          for (const words of ['one', 'two', 'three', 'four', 'five'])
            await alice.call('send', { conversationId, content: text(words) });
          const page = async (fields: object) => bob.call('history', { conversationId, limit: 2, ...fields });
          if (!stored) {
            assert.equal((await page({})).error?.code, 'NOT_STORED');
            return;
          }
          const newest = await page({});
          assert.deepEqual(seqs(newest.messages), [4, 5]);
          assert.partialDeepStrictEqual(newest, { firstSeq: 1, lastSeq: 5, next: 4 });
          assert.deepEqual(seqs((await page({ before: newest.next })).messages), [2, 3]);
          const first = await page({ after: 0 });
          assert.deepEqual(seqs(first.messages), [1, 2]);
          assert.deepEqual(seqs((await page({ after: first.next })).messages), [3, 4]);
          const last = await page({ after: 4 });
          assert.deepEqual(seqs(last.messages), [5]);
          assert.equal(last.next, undefined);
        }),
    ],
    [
      'a stored message ends with the retention of its conversation, and no conversation outlives the policy',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const { seconds } = alice.hello.retention.messages;
          const members = [bob.userId];
          const retention = Math.ceil(seconds / 2);
          const { conversationId } = await alice.call('open', { kind: 'group', members, retention });
          const ack = await alice.call('send', { conversationId, content: text('half as long') });
          assert.equal(ack.expiresAt, Math.floor(ack.sentAt / 1000) + retention);
          const longer = await alice.call('open', { kind: 'group', members, retention: seconds + 1 });
          assert.equal(longer.error?.code, 'INVALID_FRAME');
        }),
    ],
  ],
};
