import assert from 'node:assert/strict';
import { type Frame, text } from '../../support/chat-person.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const codeOf = ({ error }: Frame): string | undefined => error?.code;

export const pins: Topic = {
  title: 'pins',
  checks: [
    [
      'pin: for everybody there, by who leads; listed by history; goes with its message; NOT_STORED where nothing is stored',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const say = async (words: string) =>
            (await alice.call('send', { conversationId, content: text(words) })).seq;
          const [first, second] = [await say('first'), await say('second')];
          const frame = { id: 'pin-1', conversationId, seq: first, on: true };
          if (!stored) {
            assert.equal(codeOf(await alice.call('pin', frame)), 'NOT_STORED');
            return;
          }
          const { rev, pinnedAt } = await alice.call('pin', frame);
          const isTold = ({ type, seq }: Frame) => type === 'pinned' && seq === first;
          for (const person of [alice, bob]) await person.until((pushes) => pushes.some(isTold));
          const told = { type: 'pinned', conversationId, seq: first, rev, on: true, pinnedAt };
          assert.deepEqual(bob.pushes.find(isTold), told);
          assert.partialDeepStrictEqual(await alice.call('pin', frame), { rev, duplicate: true });
          await alice.call('pin', { conversationId, seq: second, on: true });
          const listed = async (): Promise<readonly number[]> =>
            (await bob.call('history', { conversationId, pinned: true })).messages.map(
              ({ seq }: Frame) => seq,
            );
          assert.deepEqual(await listed(), [second, first]);
          const behind = await bob.call('history', { conversationId, changedAfter: rev - 1 });
          assert.deepEqual(behind.changes[0], { rev, seq: first, kind: 'pin' });
          assert.equal(behind.messages[0].pinnedAt, pinnedAt);
          assert.equal(codeOf(await bob.call('pin', { conversationId, seq: first, on: false })), 'FORBIDDEN');
          await alice.call('recall', { conversationId, seq: second });
          assert.deepEqual(await listed(), [first]);
          assert.equal(
            codeOf(await alice.call('pin', { conversationId, seq: second, on: true })),
            'NOT_FOUND',
          );
          const off = await alice.call('pin', { conversationId, seq: first, on: false });
          assert.equal(off.pinnedAt, undefined);
          assert.deepEqual(await listed(), []);
        }),
    ],
  ],
};
