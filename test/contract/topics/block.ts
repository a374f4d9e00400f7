import assert from 'node:assert/strict';
import { openDirect, text } from '../../support/chat-person.ts';
import { type Entered, enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Deployment, Topic } from '../topic.ts';

const isMessage = ({ type }: { type: string }) => type === 'message';
const wordsOf = ({ pushes }: Entered) => pushes.filter(isMessage).map(({ message }) => message.content.text);

/** Also where an earlier run has been cut off. */
async function unblocked(deployment: Deployment, run: (bob: Entered, mallory: Entered) => Promise<void>) {
  const { people } = deployment;
  const [bob, mallory] = await Promise.all([
    enter(deployment, people.bob),
    enter(deployment, people.mallory),
  ]);
  const unblock = async () => bob.call('block', { userId: mallory.userId, blocked: false });
  await unblock();
  try {
    await run(bob, mallory);
  } finally {
    await unblock();
    await leave(bob, mallory);
  }
}

async function allBlocked(person: Entered): Promise<string[]> {
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await person.call('block', after === undefined ? {} : { after });
    found.push(...page.blocked);
    after = page.next;
  } while (after !== undefined);
  return found;
}

export const block: Topic = {
  title: 'block',
  checks: [
    [
      'is told to the own other device, in the list and in hello, and taken back',
      (deployment) =>
        unblocked(deployment, async (bob, mallory) => {
          const phone = await enter(deployment, deployment.people.bob);
          const { userId } = mallory;
          const { id: _id, ...ack } = await bob.call('block', { userId, blocked: true });
          assert.deepEqual(ack, { type: 'ack' });
          const isBlocked = ({ type }: { type: string }) => type === 'blocked';
          await phone.until((pushes) => pushes.some(isBlocked));
          assert.deepEqual(phone.pushes.filter(isBlocked), [{ type: 'blocked', userId, blocked: true }]);
          assert((await allBlocked(phone)).includes(userId));
          assert((await phone.call('hello')).blocked.includes(userId));
          await bob.call('block', { userId, blocked: false });
          await phone.until((pushes) => pushes.filter(isBlocked).length === 2);
          assert(!(await allBlocked(bob)).includes(userId));
          await leave(phone);
        }),
    ],
    [
      'whoever is blocked is acked as ever, and nothing of it reaches who blocks; nothing tells them',
      (deployment) =>
        unblocked(deployment, async (bob, mallory) => {
          const conversationId = await openDirect(mallory, bob.userId);
          await bob.call('settings', { presence: 'everyone', reads: true });
          const before = await mallory.call('send', { conversationId, content: text('before') });
          await bob.until(() => wordsOf(bob).includes('before'));
          const entryOf = async () =>
            (await bob.call('hello')).conversations.find(
              (each: { conversationId: string }) => each.conversationId === conversationId,
            );
          const { unread } = await entryOf();
          await bob.call('block', { userId: mallory.userId, blocked: true });
          const told = mallory.pushes.length;
          const hidden = await mallory.call('send', { conversationId, content: text('hidden') });
          assert.partialDeepStrictEqual(hidden, { type: 'ack', seq: before.seq + 1 });
          await mallory.call('typing', { conversationId });
          await bob.call('typing', { conversationId });
          await bob.call('read', { conversationId, seq: before.seq });
          const { presences } = await mallory.call('presence', { userIds: [bob.userId] });
          assert.deepEqual(presences, [{ userId: bob.userId, online: false }]);
          const seen = await mallory.call('profile', { get: [bob.userId] });
          if (seen.type === 'ack') assert.deepEqual(seen.profiles, [{ userId: bob.userId }]);
          if (hidden.stored) {
            assert.equal((await entryOf()).unread, 0);
            const { messages } = await bob.call('history', { conversationId });
            assert(!messages.some(({ seq }: { seq: number }) => seq === hidden.seq));
          } else assert(unread >= 1);
          await bob.call('block', { userId: mallory.userId, blocked: false });
          await mallory.call('send', { conversationId, content: text('after') });
          // What comes later has come: nothing of before is on its way.
          await bob.until(() => wordsOf(bob).includes('after'));
          assert.deepEqual(wordsOf(bob), ['before', 'after']);
          assert(!bob.pushes.some(({ type }) => type === 'typing'));
          assert.deepEqual(mallory.pushes.slice(told), []);
          await bob.call('settings', { presence: 'contacts' });
        }),
    ],
    [
      'in a group one goes on seeing them; oneself cannot be blocked',
      (deployment) =>
        withPair(deployment, async () =>
          unblocked(deployment, async (bob, mallory) => {
            await bob.call('block', { userId: mallory.userId, blocked: true });
            const { conversationId } = await bob.call('open', { kind: 'group', members: [mallory.userId] });
            await mallory.call('send', { conversationId, content: text('to all of you') });
            await bob.until(() => wordsOf(bob).includes('to all of you'));
            const own = await bob.call('block', { userId: bob.userId, blocked: true });
            assert.equal(own.error.code, 'INVALID_FRAME');
          }),
        ),
    ],
  ],
};
