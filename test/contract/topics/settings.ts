import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const marks = ['read', 'delivered'];
const isMark = ({ type }: { type: string }) => marks.includes(type);
const open = { reads: true, deliveries: true, lastActive: 'hour' };

export const settings: Topic = {
  title: 'settings',
  checks: [
    [
      'are kept, changed one by one, and told to the own other device',
      (deployment) =>
        withPair(deployment, async ({ bob }) => {
          const phone = await enter(deployment, deployment.people.bob);
          const { id: _id, ...reset } = await bob.call('settings', open);
          assert.partialDeepStrictEqual(reset, { type: 'ack', ...open });
          await bob.call('settings', { lastActive: 'day' });
          const { id: _other, ...asked } = await phone.call('settings');
          assert.deepEqual(asked, { ...reset, lastActive: 'day' });
          await phone.until((pushes) => pushes.filter(({ type }) => type === 'settings').length === 2);
          const told = { ...reset, type: 'settings', lastActive: 'day' };
          assert.deepEqual(phone.pushes.filter(({ type }) => type === 'settings').at(-1), told);
          await bob.call('settings', open);
          await leave(phone);
        }),
    ],
    [
      'off: nobody learns what one has read or got, nor does one of others, in either order',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          for (const hider of [alice, bob]) {
            const before = [alice, bob].map(({ pushes }) => pushes.filter(isMark).length);
            await hider.call('settings', { reads: false, deliveries: false });
            const { seq } = await alice.call('send', { conversationId, content: text('unseen') });
            await bob.call('delivered', { conversationId, seq });
            await bob.call('read', { conversationId, seq });
            // What comes after it has come: there is no mark on its way.
            await bob.call('typing', { conversationId, seq });
            await alice.until((pushes) => pushes.at(-1)?.type === 'typing');
            assert.equal(alice.pushes.at(-1).seq, undefined);
            assert.deepEqual(
              [alice, bob].map(({ pushes }) => pushes.filter(isMark).length),
              before,
            );
            await hider.call('settings', open);
          }
          const { seq } = await alice.call('send', { conversationId, content: text('seen') });
          await bob.call('read', { conversationId, seq });
          await alice.until((pushes) => pushes.some((push) => push.type === 'read' && push.seq === seq));
        }),
    ],
  ],
};
