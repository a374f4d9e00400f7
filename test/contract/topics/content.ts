import assert from 'node:assert/strict';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const content: Topic = {
  title: 'content',
  checks: [
    [
      'what an app has made up comes as it was sent, and a list tells its kind alone',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const data = { question: 'tea?', options: ['yes', 'no', null], '': 0, big: 1e300, deep: [[[{}]]] };
          const custom = { type: 'custom', kind: 'poll.v1', data };
          const { seq, stored } = await alice.call('send', { conversationId, content: custom });
          await bob.until((pushes) => pushes.length > 0);
          assert.deepEqual(bob.pushes[0].message.content, custom);
          if (!stored) return;
          const { messages } = await bob.call('history', { conversationId, after: seq - 1 });
          assert.equal(JSON.stringify(messages[0].content.data), JSON.stringify(data));
          const [first] = (await bob.call('hello')).conversations;
          assert.deepEqual([first.lastMessage.type, first.lastMessage.preview], ['custom', 'poll.v1']);
          assert(!JSON.stringify(first).includes('tea?'));
        }),
    ],
    [
      'custom content that is too large, too deep or without data is refused',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId }) => {
          const codeOf = async (content: object) =>
            (await alice.call('send', { conversationId, content: { type: 'custom', kind: 'a', ...content } }))
              .error?.code;
          assert.equal(await codeOf({ data: 'x'.repeat(8_190) }), 'TOO_LARGE');
          assert.equal(await codeOf({ data: 'x'.repeat(8_189) }), undefined);
          assert.equal(await codeOf({}), 'INVALID_FRAME');
          assert.equal(await codeOf({ data: JSON.parse('['.repeat(33) + ']'.repeat(33)) }), 'INVALID_FRAME');
          assert.equal(await codeOf({ kind: 'a b', data: 1 }), 'INVALID_FRAME');
        }),
    ],
  ],
};
