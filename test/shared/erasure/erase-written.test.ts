import { type EraseWrittenDeps, eraseWritten } from '../../../shared/erasure/erase-written.ts';
import type { MessageHeader } from '../../../shared/stores/messages/message-header.ts';
import { type EpochSeconds, epochMillis } from '../../../shared/time.ts';
import { noChanges } from '../../support/no-changes.ts';

const conversationId = `d-${'1'.repeat(32)}`;
const none = { users: new Set<string>(), conversations: new Set<string>() };
const range = { userId: 'alice', conversationId, from: 1, to: 99, writtenBy: epochMillis(9) };

/** Sixty pictures of alice's; of those in `stays` the objects are not gone, whatever was asked. */
function pictures(stays: readonly string[]) {
  const rows = new Map(Array.from({ length: 60 }, (_, index) => [index + 1, `m${index + 1}`] as const));
  const header = (seq: number, mediaId: string): MessageHeader => ({
    ...{ conversationId, seq, mediaId, id: String(seq), from: 'alice', held: false },
    sentAt: epochMillis(1),
    expiresAt: 9 as EpochSeconds,
  });
  const deps: EraseWrittenDeps = {
    now: () => epochMillis(9),
    tell: async () => undefined,
    ...noChanges,
    removeMedia: async () => 'removed' as const,
    objects: { count: async ({ mediaId }) => (stays.includes(mediaId) ? 2 : 0) },
    sends: { recordResult: async () => undefined },
    messages: {
      headers: async () => ({ headers: [...rows].map((row) => header(...row)), more: false }),
      tombstone: async ({ seq }) => rows.delete(seq),
    },
  };
  return deps;
}

test('the media that is found is that of which objects are listed, though its message is gone', async () => {
  const { media, ...messages } = await eraseWritten(pictures(['m3', 'm60']), range, none);
  expect(messages).toEqual({ deleted: 60, found: 0, held: 0 });
  expect(media).toEqual({ deleted: 60, found: 2, held: 0 });
  expect((await eraseWritten(pictures([]), range, none)).media.found).toBe(0);
});
