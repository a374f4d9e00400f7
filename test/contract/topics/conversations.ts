import assert from 'node:assert/strict';
import { openDirect, text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const conversations: Topic = {
  title: 'conversations',
  checks: [
    [
      'the same direct conversation from either side, a new group each time',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          assert.equal(await openDirect(bob, alice.userId), conversationId);
          const group = { kind: 'group', members: [bob.userId], title: 'contract' };
          const [one, other] = [await alice.call('open', group), await alice.call('open', group)];
          assert.notEqual(one.conversationId, other.conversationId);
          assert.deepEqual(one.members.toSorted(), [alice.userId, bob.userId].toSorted());
        }),
    ],
    [
      'hello and conversations, page by page, list what one is a member of',
      (deployment) =>
        withPair(deployment, async ({ bob, conversationId }) => {
          const listed: string[] = [];
          let cursor: string | undefined;
          do {
            const page = await bob.call('conversations', cursor === undefined ? {} : { cursor });
            listed.push(...page.conversations.map((each: { conversationId: string }) => each.conversationId));
            cursor = page.next;
          } while (cursor !== undefined);
          assert(listed.includes(conversationId));
          assert.equal(new Set(listed).size, listed.length);
        }),
    ],
    [
      'to who is no member it is NOT_FOUND, as one that never was',
      (deployment) =>
        withPair(deployment, async ({ conversationId, stored }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          const replies = async (id: string) => [
            await mallory.call('send', { id: 'm1', conversationId: id, content: text('let me in') }),
            ...(stored ? [await mallory.call('history', { id: 'm2', conversationId: id })] : []),
          ];
          const real = await replies(conversationId);
          assert.equal(real[0].error.code, 'NOT_FOUND');
          for (const unknown of ['d-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'nowhere'])
            assert.deepEqual(real, await replies(unknown));
          await leave(mallory);
        }),
    ],
  ],
};
