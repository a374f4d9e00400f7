import type { Authored, MessageStore } from '../stores/messages/message-store.ts';
import { decodeSendKey } from '../stores/sends/send-key.ts';
import type { IdempotencyRecord } from '../stores/sends/send-store.ts';
import { findByTime } from './find-by-time.ts';

type Headers = Pick<MessageStore, 'headers'>;

/**
 * What became of sends of one room, in the order of numbers: by the number that was noted, or by the time of the claim. Of some
 * nothing was stored, or nothing is left.
 */
export async function locateSends(
  messages: Headers,
  conversationId: string,
  records: readonly IdempotencyRecord[],
): Promise<readonly Authored[]> {
  if (records.length === 0) return [];
  const newest = await messages.headers(conversationId, { newestFirst: true, limit: 1 });
  const lastSeq = newest.headers[0]?.seq;
  if (lastSeq === undefined) return [];
  const found = await Promise.all(records.map(async (record) => locate(messages, record, lastSeq)));
  return found.filter((each) => each !== undefined).toSorted((one, other) => one.seq - other.seq);
}

async function locate(
  messages: Headers,
  { userId, sendKey, claimedAt, seq }: IdempotencyRecord,
  lastSeq: number,
): Promise<Authored | undefined> {
  const { conversationId, id } = decodeSendKey(sendKey);
  const header =
    seq === undefined
      ? await findByTime(messages, { conversationId, id, from: userId, claimedAt }, lastSeq)
      : (await messages.headers(conversationId, { after: seq - 1, before: seq + 1, limit: 1 })).headers[0];
  return header?.from === userId && header.id === id ? { ...header, from: userId, id } : undefined;
}
