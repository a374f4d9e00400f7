import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const seqs = (messages: readonly { seq: number }[]) => messages.map(({ seq }) => seq);

export const search: Topic = {
  title: 'search',
  checks: [
    [
      'what all the words stand in, newest first and by pages; NOT_STORED where nothing is stored',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          for (const words of ['Ferry on Sunday', 'no boat', 'a FERRY, and a Café', 'the ferry is late'])
            await alice.call('send', { conversationId, content: text(words) });
          const find = async (fields: object) => bob.call('search', { conversationId, ...fields });
          if (!stored) {
            assert.equal((await find({ text: 'ferry' })).error?.code, 'NOT_STORED');
            return;
          }
          const all = await find({ text: 'ferry' });
          assert.deepEqual(seqs(all.messages), [4, 3, 1]);
          assert.equal(all.next, undefined);
          assert.equal(all.messages[0].content.text, 'the ferry is late');
          assert.deepEqual(seqs((await find({ text: 'cafe ferry' })).messages), [3]);
          assert.deepEqual((await find({ text: 'train' })).messages, []);
          const first = await find({ text: 'ferry', limit: 2 });
          assert.deepEqual(seqs(first.messages), [4, 3]);
          assert.deepEqual(seqs((await find({ text: 'ferry', before: first.next })).messages), [1]);
        }),
    ],
    [
      'what was erased is not found, and by who is no member nothing is',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          if (!stored) return;
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          for (const words of ['lighthouse one', 'lighthouse two'])
            await alice.call('send', { conversationId, content: text(words) });
          await alice.call('erase', { scope: 'message', conversationId, seq: 1 });
          await alice.until((pushes) => pushes.some(({ type }) => type === 'erasure'));
          const found = await bob.call('search', { conversationId, text: 'lighthouse' });
          assert.deepEqual(seqs(found.messages), [2]);
          await bob.call('members', { conversationId, leave: true });
          await alice.call('send', { conversationId, content: text('lighthouse three') });
          const left = await bob.call('search', { conversationId, text: 'lighthouse' });
          assert.deepEqual(seqs(left.messages), [2]);
          const nowhere = { conversationId: `${conversationId.slice(0, -2)}__`, text: 'lighthouse' };
          assert.equal((await bob.call('search', nowhere)).error?.code, 'NOT_FOUND');
        }),
    ],
    [
      'nothing to look for, and too much, is INVALID_FRAME',
      (deployment) =>
        withPair(deployment, async ({ alice, bob }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          for (const words of ['', ' \u3000 ', '\u0301', 'x'.repeat(257)])
            assert.equal(
              (await alice.call('search', { conversationId, text: words })).error?.code,
              'INVALID_FRAME',
            );
        }),
    ],
  ],
};
