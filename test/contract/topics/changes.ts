import assert from 'node:assert/strict';
import { type Frame, text, wholeHistory } from '../../support/chat-person.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const codeOf = ({ error }: Frame): string | undefined => error?.code;

export const changes: Topic = {
  title: 'changes',
  checks: [
    [
      'edit: what it says is another text for everybody, its number and times stay; NOT_STORED where nothing is stored',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const sent = await alice.call('send', { conversationId, content: text('as it was') });
          const { seq } = sent;
          const frame = { id: 'edit-1', conversationId, seq, content: text('as it is') };
          if (!stored) {
            assert.equal(codeOf(await alice.call('edit', frame)), 'NOT_STORED');
            assert.equal(codeOf(await alice.call('recall', { conversationId, seq })), 'NOT_STORED');
            return;
          }
          assert.equal(codeOf(await bob.call('edit', { ...frame, id: 'not-his' })), 'FORBIDDEN');
          const { rev, editedAt } = await alice.call('edit', frame);
          const told = { type: 'edited', conversationId, seq, rev, editedAt, content: text('as it is') };
          const isTold = ({ type }: Frame) => type === 'edited';
          await bob.until((pushes) => pushes.some(isTold));
          assert.deepEqual(bob.pushes.find(isTold), told);
          const [message] = (await wholeHistory(bob, conversationId)).filter((each) => each.seq === seq);
          const { sentAt, expiresAt } = sent;
          assert.partialDeepStrictEqual(message, { sentAt, expiresAt, editedAt, content: text('as it is') });
          const again = await alice.call('edit', frame);
          assert.partialDeepStrictEqual(again, { rev, editedAt, duplicate: true });
          const behind = await bob.call('history', { conversationId, changedAfter: rev - 1 });
          assert.deepEqual(behind.changes, [{ rev, seq, kind: 'edit' }]);
          assert.equal(behind.messages[0].content.text, 'as it is');
          const media = { type: 'image', mediaId: 'm'.repeat(22) };
          assert.notEqual(
            codeOf(await alice.call('edit', { conversationId, seq, content: media })),
            undefined,
          );
        }),
    ],
    [
      'recall: nothing of it is left but its number, its author and its times; who leads may at any time',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          if (!stored) return;
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const say = async (person: typeof alice, words: string) =>
            (await person.call('send', { conversationId, content: text(words) })).seq;
          const [own, his, stays] = [
            await say(alice, 'mine'),
            await say(bob, 'his'),
            await say(bob, 'stays'),
          ];
          assert.equal(codeOf(await bob.call('recall', { conversationId, seq: own })), 'FORBIDDEN');
          for (const seq of [own, his]) {
            const { rev, recalledAt } = await alice.call('recall', { conversationId, seq });
            const isTold = (push: Frame) => push.type === 'recalled' && push.seq === seq;
            for (const person of [alice, bob]) {
              await person.until((pushes) => pushes.some(isTold));
              const told = person.pushes.find(isTold);
              assert.deepEqual(told, { type: 'recalled', conversationId, seq, rev, recalledAt });
            }
          }
          const left = await wholeHistory(bob, conversationId);
          const contentOf = (seq: number) => left.find((each) => each.seq === seq)?.content;
          assert.deepEqual([own, his, stays].map(contentOf), [
            { type: 'recalled' },
            { type: 'recalled' },
            text('stays'),
          ]);
          const edit = { conversationId, seq: own, content: text('back again') };
          assert.equal(codeOf(await alice.call('edit', edit)), 'NOT_FOUND');
          assert.equal(codeOf(await alice.call('recall', { conversationId, seq: own })), 'NOT_FOUND');
        }),
    ],
  ],
};
