import assert from 'node:assert/strict';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const profile: Topic = {
  title: 'profile',
  checks: [
    [
      'set by one, seen by another as far as the owner lets; NOT_STORED where profiles are not stored',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const visibility = { nickname: 'everyone', signature: 'nobody' };
          const set = { nickname: 'Contract', signature: 'for nobody', visibility };
          const ack = await alice.call('profile', { set });
          if (!alice.hello.retention.profiles.stored) {
            assert.equal(ack.error?.code, 'NOT_STORED');
            return;
          }
          assert.partialDeepStrictEqual(ack.profiles, [{ userId: alice.userId, nickname: 'Contract' }]);
          const unknown = 'nobody-of-this-name';
          const { profiles } = await bob.call('profile', { get: [unknown, alice.userId] });
          assert.deepEqual(profiles[0], { userId: unknown });
          assert.partialDeepStrictEqual(profiles[1], { userId: alice.userId, nickname: 'Contract' });
          assert.equal(profiles[1].signature, undefined);
        }),
    ],
  ],
};
