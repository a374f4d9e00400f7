import assert from 'node:assert/strict';
import { anyFile, describeFile, download, put, sha256 } from '../../support/media-exchange.ts';
import { enter, leave } from '../enter.ts';
import { withPair } from '../pair.ts';
import type { Topic } from '../topic.ts';

const isMessage = ({ type }: { type: string }) => type === 'message';

export const media: Topic = {
  title: 'media',
  checks: [
    [
      'is put to the address that upload gives, sent by its id, and got by members alone; NOT_STORED where there is none',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          const file = anyFile();
          const described = { conversationId, ...describeFile(file) };
          const ack = await alice.call('upload', described);
          const { handoverSeconds } = alice.hello.retention.messages;
          if (!stored && handoverSeconds === undefined) {
            assert.equal(ack.error.code, 'NOT_STORED');
            return;
          }
          assert((await put(ack, file.bytes)).ok);
          // Once, and nothing else than what was described.
          assert.equal((await put(ack, file.bytes)).status, 412);
          const content = { type: 'file', mediaId: ack.mediaId, name: 'contract.bin' };
          const frame = { id: `media-${Date.now()}`, conversationId, content };
          let sent = await alice.call('send', frame);
          while (sent.error?.retryable === true) sent = await alice.call('send', frame);
          assert.equal(sent.type, 'ack', sent.error?.code);
          assert.equal(sent.media.bytes, file.bytes.length);
          await bob.until((pushes) => pushes.some(isMessage));
          const { message } = bob.pushes.find(isMessage);
          assert.deepEqual([message.seq, message.content], [sent.seq, { ...content, media: sent.media }]);
          const got = await download(bob, conversationId, sent.seq);
          assert.equal(got.response.status, 200);
          assert.equal(sha256(got.bytes), sha256(file.bytes));
          assert(got.expiresAt * 1000 <= Date.now() + 150_000);
          const mallory = await enter(deployment, deployment.people.mallory);
          const refused = await mallory.call('download', { conversationId, seq: sent.seq });
          assert.equal(refused.error.code, 'NOT_FOUND');
          const again = { id: `again-${Date.now()}`, conversationId, content };
          assert.equal((await alice.call('send', again)).error.code, 'MEDIA_MISMATCH');
          await leave(mallory);
        }),
    ],
    [
      'is forwarded under an id of its own, and goes with the message that it came with',
      (deployment) =>
        withPair(deployment, async ({ alice, bob, conversationId, stored }) => {
          if (!stored) return;
          const file = anyFile();
          const ack = await alice.call('upload', { conversationId, ...describeFile(file) });
          assert((await put(ack, file.bytes)).ok);
          const content = { type: 'file', mediaId: ack.mediaId, name: 'contract.bin' };
          const frame = { id: `first-${Date.now()}`, conversationId, content };
          let first = await alice.call('send', frame);
          while (first.error?.retryable === true) first = await alice.call('send', frame);
          const from = { type: 'forward', conversationId, seq: first.seq };
          const sent = await bob.call('send', { id: `forward-${Date.now()}`, conversationId, content: from });
          assert.equal(sent.type, 'ack', sent.error?.code);
          assert.equal(sent.content.name, 'contract.bin');
          assert.notEqual(sent.content.mediaId, ack.mediaId);
          assert(sent.expiresAt <= first.expiresAt);
          const got = await download(alice, conversationId, sent.seq);
          assert.equal(sha256(got.bytes), sha256(file.bytes));
          await alice.call('recall', { id: `recall-${Date.now()}`, conversationId, seq: first.seq });
          const refused = await bob.call('download', { conversationId, seq: sent.seq });
          assert.equal(refused.error.code, 'NOT_FOUND');
        }),
    ],
    [
      'more bytes than the limit are TOO_LARGE, and an upload is for who is a member',
      (deployment) =>
        withPair(deployment, async ({ alice, conversationId, stored }) => {
          if (!stored && alice.hello.retention.messages.handoverSeconds === undefined) return;
          const described = { conversationId, ...describeFile(anyFile()) };
          const large = { ...described, bytes: alice.hello.limits.fileBytes + 1 };
          assert.equal((await alice.call('upload', large)).error.code, 'TOO_LARGE');
          const mallory = await enter(deployment, deployment.people.mallory);
          assert.equal((await mallory.call('upload', described)).error.code, 'NOT_FOUND');
          await leave(mallory);
        }),
    ],
  ],
};
