import { BatchWriteCommand, type Database } from '../dynamodb/database.ts';
import type { RemoveMedia } from '../media/remove-media.ts';
import type { MessageHeader } from './message-header.ts';
import type { MessageStore } from './message-store.ts';
import { versionStore } from './version-store.ts';

/** As many as one call takes. */
const batchSize = 25;
const patience = 8;

type Requests = NonNullable<BatchWriteCommand['input']['RequestItems']>;

export function messageDeletion(
  db: Database,
  tableName: string,
  removeMedia: RemoveMedia,
  pause: (attempt: number) => Promise<void>,
): Pick<MessageStore, 'delete'> {
  const { removeVersions } = versionStore(db, tableName);
  return {
    async delete(headers) {
      const batches = Array.from({ length: Math.ceil(headers.length / batchSize) }, (_, index) =>
        headers.slice(index * batchSize, (index + 1) * batchSize),
      );
      for (let from = 0; from < batches.length; from += 4) {
        await Promise.all(batches.slice(from, from + 4).map(deleteBatch));
      }
    },
  };

  async function deleteBatch(headers: readonly MessageHeader[]): Promise<void> {
    // While the message is there it leads to its media, whatever interrupts this.
    await Promise.all(
      headers.map(async ({ conversationId, seq, mediaId, hasVersions }) => {
        if (hasVersions === true) await removeVersions({ conversationId, seq });
        if (mediaId !== undefined) await removeMedia({ conversationId, mediaId });
      }),
    );
    let requests: Requests = {
      [tableName]: headers.map(({ conversationId, seq }) => ({
        DeleteRequest: { Key: { conversationId, seq } },
      })),
    };
    for (let attempt = 0; Object.keys(requests).length > 0; attempt += 1) {
      if (attempt >= patience) throw new Error('the table takes no more deletions for now');
      if (attempt > 0) await pause(attempt);
      const { UnprocessedItems = {} } = await db.send(new BatchWriteCommand({ RequestItems: requests }));
      requests = UnprocessedItems;
    }
  }
}
