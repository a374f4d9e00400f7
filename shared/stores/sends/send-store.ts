import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, UpdateCommand } from '../dynamodb/database.ts';
import { withEnd, withLaterTimeToLive } from '../dynamodb/time-to-live.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { SendId, SendKey } from './send-key.ts';

/** The idempotency record of one send: ids and times, nothing of the message. */
export type IdempotencyRecord = SendKey & {
  readonly claimedAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
} & Partial<Pick<Placed, 'seq' | 'sentAt'>>;

/** Where messages are not stored, a send has its number from the start; `pushed` once everybody connected has got it. */
export type TransientSend = IdempotencyRecord & Pick<Placed, 'seq' | 'sentAt'> & { readonly pushed?: true };

/** `behind`: another message took the number first. */
export type NumberTaken = 'taken' | 'behind' | { readonly earlier: TransientSend };

/** The idempotency record of every send, by its sender. All reads are strongly consistent. */
export type SendStore = {
  /** Resolves to the record that was there before, or to undefined when this one is the first. */
  claim(record: IdempotencyRecord): Promise<IdempotencyRecord | undefined>;
  /** Notes what became of the send, so that a later repeat costs one call. Makes the record where there is none. */
  recordResult(key: SendKey, placed: Placed): Promise<void>;

  /** Numbers a message that is not stored: its record and the head's counter change together or not at all. */
  takeNumber(message: Placed & SendId): Promise<NumberTaken>;
  find(key: SendKey): Promise<TransientSend | undefined>;
  /** Notes that nothing is left to do for it: until then a repeat, which brings the content again, pushes again. */
  markPushed(key: SendKey): Promise<void>;

  /** The user's own, from behind that `sendKey` on; `next` is the key to go on with. */
  list(userId: string, after?: string): Promise<SendPage>;
  /** Keys of those claimed by then, behind `after` and up to `to`. */
  listKeys(userId: string, claimedBy: EpochMillis, after?: string, to?: string): Promise<SendKeyPage>;
  remove(key: SendKey): Promise<void>;
};

export type SendPage = { readonly records: readonly IdempotencyRecord[]; readonly next?: string };
export type SendKeyPage = { readonly keys: readonly string[]; readonly next?: string };

/** Beyond its message, by time to live alone: with its message it goes by the sweeper. */
const outlivesBySeconds = 86_400;

/**
 * What sending needs where messages are stored. The rest is in `transientSendStore` and `userSendStore`, so that a
 * function's bundle holds only what it uses.
 */
export function sendStore(
  db: Database,
  tableName: string,
  marginSeconds = 0,
): Pick<SendStore, 'claim' | 'recordResult'> {
  return {
    async claim(record) {
      // Its message may be placed later than it is claimed, and is never to outlive it.
      const Item = withLaterTimeToLive(record, marginSeconds + outlivesBySeconds);
      const put = new PutCommand({ TableName: tableName, Item, ...ifAbsent('userId') });
      const existing = await existingItem(db.send(put));
      return existing && withEnd<IdempotencyRecord>(existing);
    },

    async recordResult({ userId, sendKey }, { seq, sentAt, expiresAt }) {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId, sendKey },
          UpdateExpression: 'SET seq = :seq, sentAt = :sentAt, endsAt = :end, expiresAt = :expiresAt',
          ExpressionAttributeValues: {
            ...{ ':seq': seq, ':sentAt': sentAt, ':end': expiresAt },
            ':expiresAt': expiresAt + marginSeconds + outlivesBySeconds,
          },
        }),
      );
    },
  };
}
