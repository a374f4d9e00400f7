import assert from 'node:assert/strict';
import { text, wholeHistory } from '../../support/chat-person.ts';
import { arrive, enter, grantOf, leave, without } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isMessage = ({ type }: { type: string }) => type === 'message';

export const waiting: Topic = {
  title: 'waiting',
  checks: [
    [
      'who has not agreed is waited for: the message is WAITING, and the same frame is acked once they have come',
      (deployment) =>
        without(deployment, deployment.people.carol, async (before) => {
          const alice = await enter(deployment, deployment.people.alice);
          const direct = { kind: 'direct', members: [before.userId] };
          const opened = await alice.call('open', direct);
          assert.deepEqual(opened.waiting, [before.userId]);
          const { conversationId } = opened;
          const frame = { id: `waiting-${Date.now()}`, conversationId, content: text('are you there?') };
          for (let attempt = 0; attempt < 2; attempt += 1)
            assert.partialDeepStrictEqual(await alice.call('send', frame), {
              error: { code: 'WAITING', retryable: true },
            });
          assert.equal((await before.call('consent', grantOf(before))).state, 'granted');
          const carol = await arrive(deployment, deployment.people.carol);
          const sent = await alice.call('send', frame);
          assert.equal(sent.type, 'ack', sent.error?.code);
          await carol.until((pushes) => pushes.some(isMessage));
          assert.equal(carol.pushes.find(isMessage).message.seq, sent.seq);
          assert.equal((await alice.call('open', direct)).waiting, undefined);
          await leave(carol, alice);
        }),
    ],
    [
      'who is named for a group and has not agreed is no member until they come; everybody else goes on',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) =>
          without(deployment, deployment.people.carol, async (before) => {
            const named = { kind: 'group', members: [bob.userId, before.userId], history: 'start' };
            const opened = await alice.call('open', named);
            assert.deepEqual(opened.waiting, [before.userId]);
            const { conversationId } = opened;
            await alice.call('send', { conversationId, content: text('first') });
            const membersOf = async () => (await alice.call('members', { conversationId })).members;
            assert(!(await membersOf()).includes(before.userId));
            await before.call('consent', grantOf(before));
            const carol = await arrive(deployment, deployment.people.carol);
            assert((await membersOf()).includes(before.userId));
            if (stored) {
              const [first] = await wholeHistory(carol, conversationId);
              assert.deepEqual(first?.content, text('first'));
            }
            await leave(carol);
          }),
        ),
    ],
  ],
};
