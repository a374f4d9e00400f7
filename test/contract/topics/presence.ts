import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isPresence = ({ type }: { type: string }) => type === 'presence';
const open = { presence: 'contacts', lastActive: 'hour' };

export const presence: Topic = {
  title: 'presence',
  checks: [
    [
      'is answered and told to a contact, and to nobody else',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          // Who has written to somebody has them as a contact.
          await bob.call('send', { conversationId, content: text('here I am') });
          await bob.call('settings', open);
          const asked = { userIds: [bob.userId] };
          const ofAlice = await alice.call('presence', asked);
          assert.deepEqual(ofAlice.presences, [{ userId: bob.userId, online: true }]);
          const ofMallory = await mallory.call('presence', asked);
          assert.deepEqual(ofMallory.presences, [{ userId: bob.userId, online: false }]);
          const told = alice.pushes.filter(isPresence).length;
          await bob.call('settings', { presence: 'nobody' });
          await alice.until((pushes) => pushes.filter(isPresence).length > told);
          const farewell = { type: 'presence', userId: bob.userId, online: false };
          assert.deepEqual(alice.pushes.filter(isPresence).at(-1), farewell);
          assert.deepEqual((await alice.call('presence', asked)).presences, ofMallory.presences);
          await bob.call('settings', { presence: 'everyone' });
          await mallory.until((pushes) => pushes.some(isPresence));
          const coming = { type: 'presence', userId: bob.userId, online: true };
          assert.deepEqual(mallory.pushes.filter(isPresence), [coming]);
          await bob.call('settings', open);
          await mallory.until((pushes) => pushes.filter(isPresence).length === 2);
          await leave(mallory);
        }),
    ],
    [
      'is told when somebody goes, to the hour, and of nobody in place of who was asked for before',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId }) => {
          const bob = await enter(deployment, deployment.people.bob);
          await bob.call('send', { conversationId, content: text('soon gone') });
          const nobody = `nobody-${Date.now()}`;
          const { presences } = await alice.call('presence', { userIds: [nobody, alice.userId] });
          assert.deepEqual(presences, [
            { userId: nobody, online: false },
            { userId: alice.userId, online: true },
          ]);
          assert.deepEqual((await alice.call('presence', { userIds: [] })).presences, []);
          const many = Array.from({ length: 51 }, (_, index) => `nobody-${index}`);
          assert.equal((await alice.call('presence', { userIds: many })).error.code, 'INVALID_FRAME');
          await leave(bob);
        }),
    ],
  ],
};
