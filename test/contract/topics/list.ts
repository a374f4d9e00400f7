import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isConversation = ({ type }: { type: string }) => type === 'conversation';

export const list: Topic = {
  title: 'list',
  checks: [
    [
      'has what was written last at the front, and counts what others wrote',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const before = (await alice.call('hello')).conversations.find(
            (each: { conversationId: string }) => each.conversationId === conversationId,
          );
          const { seq, stored } = await bob.call('send', { conversationId, content: text('the newest') });
          const [first] = (await alice.call('hello')).conversations;
          assert.equal(first.conversationId, conversationId);
          assert.equal(first.lastSeq, seq);
          assert.equal(first.memberCount, 2);
          assert.equal(first.unread, (before?.unread ?? 0) + 1);
          assert.deepEqual(
            first.members.map(({ userId }: { userId: string }) => userId).toSorted(),
            [alice.userId, bob.userId].toSorted(),
          );
          if (!stored) return;
          const { from, preview } = first.lastMessage;
          assert.deepEqual({ from, preview }, { from: bob.userId, preview: 'the newest' });
          await alice.call('read', { conversationId, seq });
          const [read] = (await alice.call('hello')).conversations;
          assert.deepEqual([read.unread, read.readSeq], [0, seq]);
        }),
    ],
    [
      'is muted, pinned and hidden for oneself, and the own other devices are told',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const phone = await enter(deployment, deployment.people.alice);
          const until = Date.now() + 3_600_000;
          await alice.call('mute', { conversationId, until });
          await alice.call('arrange', { conversationId, pinned: true, hidden: true });
          await phone.until((pushes) => pushes.filter(isConversation).length === 2);
          assert.deepEqual(phone.pushes.filter(isConversation), [
            { type: 'conversation', conversationId, muted: until },
            { type: 'conversation', conversationId, pinned: true, hidden: true },
          ]);
          const entryOf = async (person: typeof alice) =>
            (await person.call('hello')).conversations.find(
              (each: { conversationId: string }) => each.conversationId === conversationId,
            );
          const { muted, pinned, hidden } = await entryOf(alice);
          assert.deepEqual([muted, pinned, hidden], [until, true, true]);
          assert.equal('muted' in (await entryOf(bob)), false);
          await alice.call('mute', { conversationId, until: 0 });
          await alice.call('arrange', { conversationId, pinned: false, hidden: false });
          const after = await entryOf(alice);
          assert.deepEqual(
            ['muted', 'pinned', 'hidden'].filter((name) => name in after),
            [],
          );
          assert.deepEqual([alice, bob].flatMap(({ pushes }) => pushes).filter(isConversation), []);
          await leave(phone);
        }),
    ],
    [
      'is nobody else’s to arrange',
      (deployment) =>
        withPair(deployment, async ({ conversationId }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          const muting = await mallory.call('mute', { conversationId, until: 1 });
          const pinning = await mallory.call('arrange', { conversationId, pinned: true });
          assert.deepEqual([muting.error.code, pinning.error.code], ['NOT_FOUND', 'NOT_FOUND']);
          await leave(mallory);
        }),
    ],
  ],
};
