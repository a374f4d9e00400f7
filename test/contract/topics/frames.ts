import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const bad: readonly (readonly [string, string | null])[] = [
  ['no JSON', null],
  ['[]', null],
  ['"text"', null],
  ['{"action":"ping"}', null],
  ['{"action":"ping","id":"no spaces"}', null],
  ['{"action":"ping","id":"x1","extra":1}', 'x1'],
  ['{"action":"send","id":"x2"}', 'x2'],
];

export const frames: Topic = {
  title: 'frames',
  checks: [
    [
      'a bad frame is INVALID_FRAME with its id, or null, and the socket stays open',
      async (deployment) => {
        const alice = await enter(deployment, deployment.people.alice);
        for (const [frame, id] of bad) {
          const errors = () => alice.pushes.filter(({ type }) => type === 'error');
          const before = errors().length;
          alice.sendRaw(frame);
          await alice.until(() => errors().length > before);
          assert.partialDeepStrictEqual(errors().at(-1), {
            id,
            error: { code: 'INVALID_FRAME', retryable: false },
          });
        }
        assert.equal((await alice.call('ping')).type, 'ack');
        await leave(alice);
      },
    ],
    [
      'an unknown action is UNKNOWN_ACTION; an error has a fixed text and nothing of the frame in it',
      async (deployment) => {
        const alice = await enter(deployment, deployment.people.alice);
        const reply = await alice.call('dance', { secret: 'canary-1234' });
        assert.partialDeepStrictEqual(reply, { type: 'error', error: { code: 'UNKNOWN_ACTION' } });
        assert(!JSON.stringify(reply).includes('canary'));
        await leave(alice);
      },
    ],
    [
      'an empty text is INVALID_FRAME, one over the limit TOO_LARGE',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId }) => {
          const refused = async (words: string) =>
            (await alice.call('send', { conversationId, content: text(words) })).error?.code;
          assert.equal(await refused(''), 'INVALID_FRAME');
          assert.equal(await refused('x'.repeat(alice.hello.limits.textBytes + 1)), 'TOO_LARGE');
        }),
    ],
  ],
};
