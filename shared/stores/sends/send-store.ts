import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { existingItem, ifAbsent } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, UpdateCommand } from '../dynamodb/database.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import { expiryOf, type Placed } from '../expiry/expiry.ts';
import type { SendId, SendKey } from './send-key.ts';

/** The idempotency record of one send: ids and times, nothing of the message. */
export type IdempotencyRecord = SendKey & {
  readonly claimedAt: EpochMillis;
  /** Of the message: as it was claimed, and as it was placed once that is known. */
  readonly expiresAt: EpochSeconds;
  /** Of an act that changed a message, whose number `seq` is: the number of that change. */
  readonly rev?: number;
} & Partial<Pick<Placed, 'seq' | 'sentAt'>>;

/** Where messages are not stored, a send has its number from the start; `pushed` once everybody connected has got it. */
export type TransientSend = IdempotencyRecord & Pick<Placed, 'seq' | 'sentAt'> & { readonly pushed?: true };

/** `behind`: another message took the number first. */
export type NumberTaken = 'taken' | 'behind' | { readonly earlier: TransientSend };

/** The idempotency record of every send, by its sender. All reads are strongly consistent. */
export type SendStore = {
  /** Resolves to the record that was there before, or to undefined when this one is the first, which is then kept as `recordEnd` says. */
  claim(record: IdempotencyRecord): Promise<IdempotencyRecord | undefined>;
  /**
   * Notes what became of the send, so that a later repeat costs one call. Makes the record where there is none. It stays for as
   * long as it would have, or as its message, if that is longer and the record's own end is told.
   */
  recordResult(key: SendKey, placed: Placed, end?: EpochSeconds): Promise<void>;

  /** Numbers a message that is not stored: its record, which ends then, and the head's counter change together or not at all. */
  takeNumber(message: Placed & SendId, end: EpochSeconds): Promise<NumberTaken>;
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

/** Time to live alone takes it, a day after its end: what repeats a send at the last moment still finds it. */
export const outlivesBySeconds = 86_400;

/** For so long a send may be repeated, however short the life of its message is. */
const leastSeconds = 86_400;

/**
 * Until when a repeat of the send is known as one. Never before its message, and not by the conversation's own retention: a
 * client that was away for an hour repeats what it got no answer to, and must not double what has ended meanwhile.
 */
export function recordEnd({
  claimedAt,
  expiresAt,
}: Pick<IdempotencyRecord, 'claimedAt' | 'expiresAt'>): EpochSeconds {
  return Math.max(expiresAt, expiryOf(claimedAt, leastSeconds)) as EpochSeconds;
}

/**
 * What sending needs where messages are stored. The rest is in `transientSendStore` and `userSendStore`, so that a
 * function's bundle holds only what it uses.
 */
export function sendStore(db: Database, tableName: string): Pick<SendStore, 'claim' | 'recordResult'> {
  return {
    async claim(record) {
      const Item = {
        ...record,
        endsAt: record.expiresAt,
        expiresAt: recordEnd(record) + outlivesBySeconds,
      };
      const put = new PutCommand({ TableName: tableName, Item, ...ifAbsent('userId') });
      const existing = await existingItem(db.send(put));
      return existing && withEnd<IdempotencyRecord>(existing);
    },

    async recordResult({ userId, sendKey }, { seq, sentAt, expiresAt }, end) {
      // Its message may be placed much later than it was claimed.
      const timeToLive = Math.max(expiresAt, end ?? 0) + outlivesBySeconds;
      const kept = end === undefined ? 'if_not_exists(expiresAt, :timeToLive)' : ':timeToLive';
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { userId, sendKey },
          UpdateExpression: `SET seq = :seq, sentAt = :sentAt, endsAt = :end, expiresAt = ${kept}`,
          ExpressionAttributeValues: {
            ...{ ':seq': seq, ':sentAt': sentAt, ':end': expiresAt, ':timeToLive': timeToLive },
          },
        }),
      );
    },
  };
}
