import assert from 'node:assert/strict';
import { text } from '../../support/chat-person.ts';
import { silenceThenSound, wav } from '../../support/media/made-wav.ts';
import { sendFile } from '../../support/media-exchange.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

export const content: Topic = {
  title: 'content',
  checks: [
    [
      'what an app has made up comes as it was sent, and a list tells its kind alone',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId }) => {
          const data = { question: 'tea?', options: ['yes', 'no', null], '': 0, big: 1e300, deep: [[[{}]]] };
          const custom = { type: 'custom', kind: 'poll.v1', data };
          const { seq, stored } = await alice.call('send', { conversationId, content: custom });
          await bob.until((pushes) => pushes.length > 0);
          assert.deepEqual(bob.pushes[0].message.content, custom);
          if (!stored) return;
          const { messages } = await bob.call('history', { conversationId, after: seq - 1 });
          assert.equal(JSON.stringify(messages[0].content.data), JSON.stringify(data));
          const [first] = (await bob.call('hello')).conversations;
          assert.deepEqual([first.lastMessage.type, first.lastMessage.preview], ['custom', 'poll.v1']);
          assert(!JSON.stringify(first).includes('tea?'));
        }),
    ],
    [
      'a voice note has no name; a list says what it is',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          const sound = { type: 'audio', mediaId: 'A'.repeat(24), voice: true };
          const named = await alice.call('send', { conversationId, content: { ...sound, name: 'a.wav' } });
          assert.equal(named.error?.code, 'INVALID_FRAME');
          const picture = { ...sound, type: 'image' };
          assert.equal(
            (await alice.call('send', { conversationId, content: picture })).error?.code,
            'INVALID_FRAME',
          );
          if (!stored) return;
          const bytes = new Uint8Array(wav(silenceThenSound));
          const file = { kind: 'audio', contentType: 'audio/wav', bytes };
          const { seq, media } = await sendFile(alice, conversationId, file, { voice: true });
          assert.equal(media.durationMs, 2_000);
          await bob.until((pushes) => pushes.length > 0);
          const { content: said } = bob.pushes[0].message;
          assert.deepEqual([said.type, said.voice, said.name], ['audio', true, undefined]);
          const [first] = (await bob.call('hello')).conversations;
          assert.deepEqual([first.lastMessage.seq, first.lastMessage.voice], [seq, true]);
        }),
    ],
    [
      'who is mentioned, by name or with all, has it counted; of one’s own nothing is',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, stored }) => {
          const { conversationId } = await alice.call('open', { kind: 'group', members: [bob.userId] });
          const mentions = async (more: object, from = alice) =>
            from.call('send', { conversationId, content: text('@'), ...more });
          assert.equal((await mentions({ mentions: ['nobody-here'] })).error?.code, 'NOT_FOUND');
          assert.equal((await mentions({ mentionsAll: true }, bob)).error?.code, 'FORBIDDEN');
          const all = await mentions({ mentionsAll: true });
          const one = await mentions({ mentions: [bob.userId] });
          await mentions({ mentions: [alice.userId] });
          assert.equal(all.error ?? one.error, undefined);
          const pushed = ({ message }: { message?: { seq: number } }, seq: number) => message?.seq === seq;
          await bob.until((pushes) => pushes.some((push) => pushed(push, all.seq)));
          assert.equal(bob.pushes.find((push) => pushed(push, all.seq)).message.mentionsAll, true);
          if (!stored) return;
          const countOf = async (person: typeof alice) =>
            (await person.call('hello')).conversations.find(
              (each: { conversationId: string }) => each.conversationId === conversationId,
            ).mentions;
          assert.deepEqual([await countOf(bob), await countOf(alice)], [2, 0]);
          await alice.call('erase', { scope: 'message', conversationId, seq: all.seq });
          await bob.until((pushes) => pushes.some(({ type }) => type === 'erased'));
          assert.equal(await countOf(bob), 1);
          await bob.call('read', { conversationId, seq: one.seq });
          assert.equal(await countOf(bob), 0);
        }),
    ],
    [
      'custom content that is too large, too deep or without data is refused',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId }) => {
          const codeOf = async (content: object) =>
            (await alice.call('send', { conversationId, content: { type: 'custom', kind: 'a', ...content } }))
              .error?.code;
          assert.equal(await codeOf({ data: 'x'.repeat(8_190) }), 'TOO_LARGE');
          assert.equal(await codeOf({ data: 'x'.repeat(8_189) }), undefined);
          assert.equal(await codeOf({}), 'INVALID_FRAME');
          assert.equal(await codeOf({ data: JSON.parse('['.repeat(33) + ']'.repeat(33)) }), 'INVALID_FRAME');
          assert.equal(await codeOf({ kind: 'a b', data: 1 }), 'INVALID_FRAME');
        }),
    ],
  ],
};
