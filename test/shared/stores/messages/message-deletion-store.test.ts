import type { MediaKey } from '../../../../shared/stores/media/media-record.ts';
import { messageDeletion } from '../../../../shared/stores/messages/message-deletion-store.ts';
import type { MessageHeader } from '../../../../shared/stores/messages/message-header.ts';
import { type EpochSeconds, epochMillis } from '../../../../shared/time.ts';

const headers = Array.from(
  { length: 30 },
  (_, index): MessageHeader => ({
    conversationId: 'd-1',
    seq: index + 1,
    from: 'alice',
    held: false,
    id: `m${index + 1}`,
    sentAt: epochMillis(0),
    expiresAt: 0 as EpochSeconds,
  }),
);
const noMedia = async () => 'removed' as const;

/** Takes so many deletions of each call and hands the rest back, as a throttled table does. */
function throttled(taken: number) {
  const deleted: string[] = [];
  const sizes: number[] = [];
  const db: any = {
    send: async ({ input }: any) => {
      const requests = Object.entries<any[]>(input.RequestItems).flatMap(([table, list]) =>
        list.map((request) => ({ table, request })),
      );
      sizes.push(requests.length);
      for (const { table, request } of requests.slice(0, taken)) {
        deleted.push(`${table} ${request.DeleteRequest.Key.seq}`);
      }
      const rest = requests.slice(taken);
      const UnprocessedItems = Object.fromEntries(
        [...new Set(rest.map(({ table }) => table))].map((table) => [
          table,
          rest.filter((each) => each.table === table).map(({ request }) => request),
        ]),
      );
      return { UnprocessedItems };
    },
  };
  return { db, deleted, sizes };
}

test('messages go in calls that DynamoDB takes, and nothing else does: time to live takes the records of their sends', async () => {
  const { db, deleted, sizes } = throttled(25);
  await messageDeletion(db, 'M', noMedia, async () => undefined).delete(headers);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
  expect(new Set(deleted)).toEqual(new Set(headers.map(({ seq }) => `M ${seq}`)));
});

test('what a throttled table hands back is sent again, after a pause', async () => {
  const { db, deleted } = throttled(5);
  const pauses: number[] = [];
  await messageDeletion(db, 'M', noMedia, async (attempt) => void pauses.push(attempt)).delete(headers);
  expect(deleted).toHaveLength(30);
  expect(pauses).toContain(1);
});

test('a table that takes nothing fails the batch, so that the mark stays', async () => {
  const { db } = throttled(0);
  const store = messageDeletion(db, 'M', noMedia, async () => undefined);
  await expect(store.delete(headers)).rejects.toThrow('no more deletions');
});

test('nothing to delete is no call', async () => {
  const { db, sizes } = throttled(25);
  await messageDeletion(db, 'M', noMedia, async () => undefined).delete([]);
  expect(sizes).toEqual([]);
});

test('media goes before the message that leads to it', async () => {
  const { db, deleted } = throttled(25);
  const removed: string[] = [];
  const removeMedia = async ({ conversationId, mediaId }: MediaKey) => {
    expect(deleted).toEqual([]);
    removed.push(`${conversationId} ${mediaId}`);
    return 'removed' as const;
  };
  const pictures = headers
    .slice(0, 3)
    .map((header, index) => (index === 1 ? header : { ...header, mediaId: `p${index}` }));
  await messageDeletion(db, 'M', removeMedia, async () => undefined).delete(pictures);
  expect(removed.toSorted()).toEqual(['d-1 p0', 'd-1 p2']);
  expect(deleted).toHaveLength(3);
});

test('while media cannot be deleted its message stays', async () => {
  const { db, deleted } = throttled(25);
  const failing = async () => Promise.reject(new Error('no object store'));
  const store = messageDeletion(db, 'M', failing, async () => undefined);
  await expect(store.delete([{ ...headers[0]!, mediaId: 'p' }])).rejects.toThrow('no object store');
  expect(deleted).toEqual([]);
});
