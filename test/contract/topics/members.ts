import assert from 'node:assert/strict';
import { type Frame, text } from '../../support/chat-person.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isChange = (conversationId: string) => (push: Frame) =>
  push.type === 'members' && push.conversationId === conversationId;

export const members: Topic = {
  title: 'members',
  checks: [
    [
      'everybody in a group is told who is, and nobody else',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const { conversationId, members } = await alice.call('open', {
            kind: 'group',
            members: [bob.userId],
          });
          assert.deepEqual((await bob.call('members', { conversationId })).members, members);
          const mallory = await enter(deployment, deployment.people.mallory);
          const refused = await mallory.call('members', { conversationId });
          assert.equal(refused.error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
    [
      'people are added to a group, removed from it and leave it, each by an event in its order',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          const opened = { kind: 'group', members: [bob.userId], history: 'joining', afterLeaving: 'keep' };
          const { conversationId } = await alice.call('open', { id: `members-${Date.now()}`, ...opened });
          await alice.call('send', { conversationId, content: text('before') });
          const added = await alice.call('members', { conversationId, add: [mallory.userId] });
          assert.equal(added.roles[alice.userId], 'owner');
          assert(added.members.includes(mallory.userId));
          const refused = await bob.call('members', { conversationId, remove: [mallory.userId] });
          assert.equal(refused.error.code, 'FORBIDDEN');
          const { seq } = await mallory.call('send', { conversationId, content: text('between') });
          assert.equal(seq, 3);
          await alice.call('members', { conversationId, remove: [mallory.userId] });
          await alice.call('send', { conversationId, content: text('after') });
          const late = await mallory.call('send', { conversationId, content: text('late') });
          assert.equal(late.error.code, 'NOT_FOUND');
          if (stored) {
            const { messages } = await mallory.call('history', { conversationId });
            assert.deepEqual(
              messages.map((each: { seq: number }) => each.seq),
              [2, 3, 4],
            );
          }
          const left = await bob.call('members', { conversationId, leave: true });
          assert.deepEqual(left.members, []);
          await leave(mallory);
        }),
    ],
    [
      'who leads a group changes its title; everybody is told of the one that stands, and the event does not say it',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const frame = { id: `title-${Date.now()}`, conversationId, title: '  Saturday  ' };
          assert.equal((await alice.call('title', frame)).title, 'Saturday');
          assert.equal((await alice.call('title', frame)).title, 'Saturday');
          const isIt = (push: Frame) => push.type === 'title' && push.conversationId === conversationId;
          const isEvent = (push: Frame) =>
            push.type === 'message' && push.message.conversationId === conversationId;
          await bob.until((pushes) => pushes.some(isIt) && pushes.some(isEvent));
          assert.partialDeepStrictEqual(bob.pushes.find(isIt), {
            ...{ seq: 1, title: 'Saturday', by: alice.userId },
          });
          assert.deepEqual(bob.pushes.find(isEvent).message.content, { type: 'event', event: 'title' });
          const refused = await bob.call('title', { conversationId, title: 'Sunday' });
          assert.equal(refused.error.code, 'FORBIDDEN');
          assert.equal((await alice.call('title', { conversationId, title: null })).title, null);
        }),
    ],
    [
      'a repeat changes nothing; the revision counts, and whoever is in it is told of each change',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const mallory = await enter(deployment, deployment.people.mallory);
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const frame = { id: `add-${Date.now()}`, conversationId, add: [mallory.userId] };
          const first = await alice.call('members', frame);
          assert.deepEqual(await alice.call('members', frame), first);
          const isIt = isChange(conversationId);
          await bob.until((pushes) => pushes.some(isIt));
          assert.partialDeepStrictEqual(bob.pushes.find(isIt), {
            ...{ revision: first.revision, added: [mallory.userId], removed: [], by: alice.userId },
          });
          await mallory.until((pushes) => pushes.some((push) => push.type === 'opened'));
          await mallory.call('members', { conversationId, leave: true });
          await bob.until((pushes) => pushes.filter(isIt).length === 2);
          const { removed, revision } = bob.pushes.filter(isIt)[1];
          assert.deepEqual([removed, revision], [[mallory.userId], first.revision + 1]);
          assert.equal((await mallory.call('members', { conversationId })).error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
    [
      'roles are the owner’s to give; the group is handed over, and closed for good',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const roleOf = (userId: string, role: string) => ({ conversationId, role: { userId, role } });
          const early = await bob.call('members', roleOf(bob.userId, 'admin'));
          assert.equal(early.error.code, 'FORBIDDEN');
          const admin = await alice.call('members', roleOf(bob.userId, 'admin'));
          assert.deepEqual(admin.roles, { [alice.userId]: 'owner', [bob.userId]: 'admin' });
          const over = await alice.call('members', roleOf(bob.userId, 'owner'));
          assert.deepEqual(over.roles, { [alice.userId]: 'admin', [bob.userId]: 'owner' });
          assert.equal(
            (await alice.call('members', { conversationId, close: true })).error.code,
            'FORBIDDEN',
          );
          const { seq } = await alice.call('send', { conversationId, content: text('the last word') });
          assert.equal((await bob.call('members', { conversationId, close: true })).type, 'ack');
          await alice.until((pushes) =>
            pushes.filter(isChange(conversationId)).some(({ closed }) => closed === true),
          );
          for (const person of [alice, bob]) {
            const late = await person.call('send', { conversationId, content: text('too late') });
            assert.equal(late.error.code, 'FORBIDDEN');
          }
          if (!stored) return;
          const { messages } = await alice.call('history', { conversationId });
          assert(messages.some((each: Frame) => each.seq === seq));
        }),
    ],
    [
      'of a direct conversation nobody is added, and nobody leaves it',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId }) => {
          const { mallory } = deployment.people;
          for (const act of [{ add: [mallory] }, { leave: true }, { close: true }])
            assert.equal((await alice.call('members', { conversationId, ...act })).error.code, 'FORBIDDEN');
        }),
    ],
  ],
};
