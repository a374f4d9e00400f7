import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';
import { existingItem, ifAbsent, succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, PutCommand, QueryCommand, UpdateCommand } from '../dynamodb/database.ts';
import { withEnd, withLaterTimeToLive } from '../dynamodb/time-to-live.ts';
import { isReadable } from '../expiry/expiry.ts';
import type { AskRetention } from '../expiry/retention.ts';
import type { Message } from './message.ts';
import { headerProjection, isShownTo, type MessageHeader, toHeader } from './message-header.ts';
import { fromStoredContent, toStoredContent } from './stored-content.ts';

/**
 * The log of every conversation. What a message says leaves the store while it may be read, and never afterwards;
 * its header, while the message is there. All reads are strongly consistent.
 */
export type MessageStore = {
  get(
    conversationId: string,
    seq: number,
    retention: AskRetention,
    reader: Reader,
  ): Promise<Message | undefined>;
  /** Of a page in the order asked for, those that this reader may read. A page ends at `limit` or at 1 MB. */
  readable(
    conversationId: string,
    range: Range,
    retention: AskRetention,
    reader: Reader,
  ): Promise<ReadablePage>;
  headers(conversationId: string, range: Range): Promise<HeaderPage>;
  /** Resolves to what has the number already, or to undefined when this message got it. */
  append(message: Message, held: boolean, hiddenFor?: readonly string[]): Promise<MessageHeader | undefined>;
  /** Leaves nothing but the number and the times. False when the message is gone already. */
  tombstone(message: Authored, at: EpochMillis): Promise<boolean>;
  /** Takes its time to live off or puts it back, later than then; false when it is so already, or the message is gone. */
  setHeld(message: EndingMessage, held: boolean, at: EpochMillis): Promise<boolean>;
  /** The messages, and before them their media. Deleting twice does no harm. */
  delete(headers: readonly MessageHeader[]): Promise<void>;
};

/** Whose id it is that what is hidden from them is left out for; `anyone`: what is read is shown to nobody who did not ask for it. */
export type Reader = { readonly userId: string } | 'anyone';

export type EndingMessage = Pick<Message, 'conversationId' | 'seq' | 'expiresAt'>;
/** Of somebody: no tombstone. */
export type Authored = MessageHeader & Required<Pick<MessageHeader, 'from' | 'id'>>;

/** Both bounds exclusive; ascending unless asked otherwise. */
export type Range = {
  readonly after?: number;
  readonly before?: number;
  readonly limit?: number;
  readonly newestFirst?: boolean;
};
export type ReadablePage = {
  readonly messages: readonly Message[];
  /** The number that the page came to, whether or not its message may be read; undefined where there is none. */
  readonly reached: number | undefined;
  readonly more: boolean;
  /** Numbers of those that somebody has reacted to, who may have taken it back or be the only one to know of it. */
  readonly reacted: readonly number[];
};
export type HeaderPage = { readonly headers: readonly MessageHeader[]; readonly more: boolean };

/** Of headers, for who does not say how many. */
const pageSize = 240;

/**
 * All but `delete`, which reaches other tables too: see `messageDeletion`. So long after its end time to live takes a message:
 * by then the sweeper has long done it, which takes along what only the message leads to.
 */
export function messageStore(
  db: Database,
  tableName: string,
  marginSeconds = 0,
): Omit<MessageStore, 'delete'> {
  const store: Omit<MessageStore, 'delete'> = {
    async get(conversationId, seq, retention, reader) {
      const range = { after: seq - 1, before: seq + 1, limit: 1 };
      return (await store.readable(conversationId, range, retention, reader)).messages[0];
    },

    async readable(conversationId, range, retention, reader) {
      // Asked beside the query, so that it is known by then; what decides is the answer from afterwards.
      const [{ items, more }] = await Promise.all([query(conversationId, range), retention()]);
      const ruling = await retention();
      const isMeant = (header: MessageHeader) =>
        isReadable(header, ruling) && (reader === 'anyone' || isShownTo(header, reader.userId));
      const meant = items.filter((item) => isMeant(toHeader(item)));
      const reached: unknown = items.at(-1)?.['seq'];
      return {
        messages: meant.map(toMessage),
        reached: typeof reached === 'number' ? reached : undefined,
        more,
        reacted: meant.filter((item) => item['reactions'] !== undefined).map(({ seq }) => Number(seq)),
      };
    },

    async headers(conversationId, range) {
      const { items, more } = await query(conversationId, range, headerProjection);
      return { headers: items.map(toHeader), more };
    },

    async append(message, held, hiddenFor = []) {
      const { expiresAt: end, ...rest } = message;
      const Item = {
        ...(held
          ? { ...rest, endsAt: end, heldExpiresAt: end }
          : withLaterTimeToLive(message, marginSeconds)),
        content: toStoredContent(message.content),
        ...(hiddenFor.length > 0 && { hiddenFor }),
      };
      const put = new PutCommand({ TableName: tableName, Item, ...ifAbsent('conversationId') });
      const existing = await existingItem(db.send(put));
      return existing && toHeader(existing);
    },

    async tombstone({ conversationId, seq, from, sentAt, expiresAt }, at) {
      const put = new PutCommand({
        TableName: tableName,
        Item: withLaterTimeToLive({ conversationId, seq, sentAt, expiresAt, erasedAt: at }, marginSeconds),
        ConditionExpression: '#from = :from',
        ExpressionAttributeNames: { '#from': 'from' },
        ExpressionAttributeValues: { ':from': from },
      });
      return succeeds(db.send(put));
    },

    async setHeld({ conversationId, seq, expiresAt: end }, held, at) {
      const [from, to] = held ? ['expiresAt', 'heldExpiresAt'] : ['heldExpiresAt', 'expiresAt'];
      // What the hold has kept beyond its end is the sweeper's first, too; and time to live takes nothing of long ago.
      const later = Math.max(end, epochSeconds(at)) + marginSeconds;
      const update = new UpdateCommand({
        TableName: tableName,
        Key: { conversationId, seq },
        UpdateExpression: `SET endsAt = :end, ${to} = :to REMOVE ${from}`,
        ConditionExpression: `attribute_exists(${from})`,
        ExpressionAttributeValues: { ':end': end, ':to': held ? end : (later as EpochSeconds) },
      });
      return succeeds(db.send(update));
    },
  };
  return store;

  async function query(
    conversationId: string,
    { after = 0, before = Number.MAX_SAFE_INTEGER, limit = pageSize, newestFirst = false }: Range,
    projection: Partial<typeof headerProjection> = {},
  ): Promise<{ readonly items: readonly Record<string, unknown>[]; readonly more: boolean }> {
    if (before - after < 2) return { items: [], more: false };
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        ...projection,
        TableName: tableName,
        KeyConditionExpression: 'conversationId = :id AND seq BETWEEN :from AND :to',
        ExpressionAttributeValues: { ':id': conversationId, ':from': after + 1, ':to': before - 1 },
        ScanIndexForward: !newestFirst,
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    return { items: Items, more: LastEvaluatedKey !== undefined };
  }
}

/** All that a message has: what a later release may have stored beside that is not passed on. */
const attributes: Readonly<Record<keyof Message, true>> = {
  conversationId: true,
  seq: true,
  id: true,
  from: true,
  sentAt: true,
  expiresAt: true,
  content: true,
  replyTo: true,
  mentions: true,
  mentionsAll: true,
  rev: true,
  editedAt: true,
  recalledAt: true,
  pinnedAt: true,
  forwarded: true,
  reactions: true,
};

/** Of a stored item. */
export function toMessage(item: Record<string, unknown>): Message {
  const message = Object.fromEntries(
    Object.entries(withEnd<Message>(item))
      .filter(([name, value]) => Object.hasOwn(attributes, name) && !(name === 'reactions' && isEmpty(value)))
      .map(([name, value]) => [name, name === 'content' ? fromStoredContent(value) : value]),
  ) as Message;
  // Where a hold keeps its media the row goes on leading there.
  return message.recalledAt === undefined ? message : { ...message, content: { type: 'recalled' } };
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;
