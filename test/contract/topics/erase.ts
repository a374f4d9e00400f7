import assert from 'node:assert/strict';
import { type Frame, text, wholeHistory } from '../../support/chat-person.ts';
import { arrive, type Entered, enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

/** The receipt of what somebody has had erased. */
async function erased(person: Entered, target: object): Promise<Frame> {
  const { requestId, state } = await person.call('erase', target);
  assert.equal(state, 'accepted');
  const isIt = (push: Frame) => push.type === 'erasure' && push.requestId === requestId;
  await person.until((pushes) => pushes.some(isIt));
  return person.pushes.find(isIt);
}

export const erase: Topic = {
  title: 'erase',
  checks: [
    [
      'of a message: it is gone for both, who are told, and its number stays; of the other one’s it is FORBIDDEN',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          const say = async (words: string) =>
            (await alice.call('send', { conversationId, content: text(words) })).seq;
          const [kept, gone] = [await say('to stay'), await say('to go')];
          const target = { scope: 'message', conversationId, seq: gone };
          if (!stored) {
            assert.equal((await alice.call('erase', target)).error.code, 'NOT_STORED');
            return;
          }
          assert.equal((await bob.call('erase', target)).error.code, 'FORBIDDEN');
          const receipt = await erased(alice, target);
          assert.partialDeepStrictEqual(receipt, { ...target, state: 'done', requestedBy: 'user' });
          const isErased = ({ type }: { type: string }) => type === 'erased';
          for (const person of [alice, bob]) {
            await person.until((pushes) => pushes.some(isErased));
            const { rev, ...told } = person.pushes.find(isErased);
            assert.deepEqual(told, { type: 'erased', conversationId, seqs: [gone] });
            assert.ok(rev >= 1);
            const seqs = (await wholeHistory(person, conversationId)).map(({ seq }) => seq);
            assert.deepEqual([seqs.includes(kept), seqs.includes(gone)], [true, false]);
          }
          assert.equal((await alice.call('erase', target)).error.code, 'NOT_FOUND');
          assert.equal(await say('later'), gone + 1);
        }),
    ],
    [
      'of what others wrote in a group: its owner may, and who has no role may not',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          if (!stored) return;
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const say = async (person: Entered, words: string) =>
            (await person.call('send', { conversationId, content: text(words) })).seq;
          const [ofAlice, ofBob] = [await say(alice, 'mine'), await say(bob, 'his')];
          const targetOf = (seq: number) => ({ scope: 'message', conversationId, seq });
          assert.equal((await bob.call('erase', targetOf(ofAlice))).error.code, 'FORBIDDEN');
          assert.equal((await erased(alice, targetOf(ofBob))).state, 'done');
          const left = (await wholeHistory(bob, conversationId)).map(({ seq }) => seq);
          assert.deepEqual(left, [ofAlice]);
        }),
    ],
    [
      'of what one wrote in a conversation: that alone',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          if (!stored) return;
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          for (const person of [alice, bob, alice])
            await person.call('send', { conversationId, content: text(`by ${person.userId}`) });
          assert.equal((await erased(alice, { scope: 'conversation', conversationId })).state, 'done');
          const left = (await wholeHistory(bob, conversationId)).map(({ from }) => from);
          assert.deepEqual(left, [bob.userId]);
        }),
    ],
    [
      'of a profile: nobody sees it any more',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          if (!alice.hello.retention.profiles.stored) return;
          const visibility = { nickname: 'everyone' };
          await alice.call('profile', { set: { nickname: 'Soon gone', visibility } });
          assert.equal((await erased(alice, { scope: 'profile' })).state, 'done');
          const { profiles } = await bob.call('profile', { get: [alice.userId] });
          assert.deepEqual(profiles, [{ userId: alice.userId }]);
        }),
    ],
    [
      'of an account: a receipt that names every store, then the sockets end; who comes back has agreed to nothing',
      (deployment) =>
        withPair(deployment, async ({ alice }) => {
          const carol = await enter(deployment, deployment.people.carol);
          const { conversationId } = await carol.call('open', { kind: 'direct', members: [alice.userId] });
          await carol.call('send', { conversationId, content: text('a last word') });
          const { stores, state } = await erased(carol, { scope: 'account' });
          assert.equal(state, 'done');
          const names = stores.map(({ store }: { store: string }) => store);
          for (const store of ['conversations', 'consents', 'connections', 'personal'])
            assert(names.includes(store), `${store} is not among ${names}`);
          await carol.closed;
          assert.deepEqual(carol.pushes.at(-1), { type: 'bye', reason: 'ACCOUNT_ERASED', reconnect: false });
          const late = await alice.call('send', { conversationId, content: text('are you there?') });
          assert.equal(late.error.code, 'FORBIDDEN');
          const back = await arrive(deployment, deployment.people.carol);
          assert.notEqual(back.hello.consent.state, 'granted');
          assert.equal(back.hello.conversations, undefined);
          await leave(back);
        }),
    ],
  ],
};
