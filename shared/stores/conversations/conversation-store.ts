import type { Clock, EpochMillis, EpochSeconds } from '../../time.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, DeleteCommand, PutCommand, UpdateCommand } from '../dynamodb/database.ts';
import { queryAll } from '../dynamodb/query-items.ts';
import { keepRow, prolongRow } from '../dynamodb/row-end.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { Cutoff } from '../expiry/purge-times.ts';
import type { Conversation, FormerMember, Head, Member } from './conversation.ts';
import { endedBy } from './conversation-end.ts';
import {
  type EntryKind,
  headAndMembers,
  headKey,
  type Item,
  memberKey,
  toConversation,
  toHead,
} from './conversation-item.ts';
import { type ExpiryToSchedule, type PurgeMark, type PurgePlace, purgeShardOf } from './purge-mark.ts';
import { encodeEarlierMark, type RetryMark, retryAttribute } from './retry-mark.ts';

export type NewHead = Omit<Head, 'retryMarks' | 'lastSeq' | 'lastSentAt' | keyof PurgeMark>;
export type LastMessage = Placed & { readonly conversationId: string };
export type IdPage = { readonly ids: readonly string[]; readonly next?: string };
/** One of a user's rows: of who is a member, was one, or has been named. */
export type OwnRow = { readonly conversationId: string; readonly kind: EntryKind };
export type OwnRowPage = { readonly rows: readonly OwnRow[]; readonly next?: string };
export type MemberKey = { readonly conversationId: string; readonly userId: string };
export type Membership = { readonly head: Head; readonly member: Member };
/** A conversation as a list shows it. */
export type Listed = Membership & {
  /** Undefined where they are more than a list names. */
  readonly members?: ReadonlyMap<string, Member>;
  readonly memberCount: number;
};
/** The mark as it is to be; what is undefined is taken away. */
export type NextPurgeMark = Pick<
  PurgeMark,
  'purgeShard' | 'nextPurgeAt' | 'purgeFrom' | 'drainingSince' | 'mixedUntil' | 'settledSeq' | 'settledAt'
> & {
  /** Void as soon as the mark is changed again. */
  readonly place?: Omit<PurgePlace, 'revision'>;
};

/** One of the two lists of a shard: by the earliest stamped end, or by the oldest message. */
export type PurgeLane = { readonly shard: string; readonly by: 'nextPurgeAt' | 'purgeFrom' };
export type DueKey = { readonly conversationId: string; readonly bound: number };
export type DuePage = { readonly due: readonly DueKey[]; readonly more: boolean };

/** Every conversation: its head, a row for each member, and the two indexes that the sweeper goes by. */
export type ConversationStore = {
  /** Head and members that have not ended, strongly consistent: one read unit for 4 KB of rows. */
  read(conversationId: string): Promise<Conversation | undefined>;
  /** Strongly consistent; also when it has ended and is still there. */
  readHead(conversationId: string): Promise<Head | undefined>;
  /** Strongly consistent; undefined once it has ended. */
  readMember(conversationId: string, userId: string): Promise<Member | undefined>;
  /** Of somebody who has left, until it has ended; strongly consistent. */
  readFormer(conversationId: string, userId: string): Promise<FormerMember | undefined>;
  /** Of all who have left, also when their rows have ended; strongly consistent. */
  listFormerIds(conversationId: string): Promise<readonly string[]>;
  /** The first of these that exists, with those of the users who are members; strongly consistent, in one call. */
  readFirst(
    conversationIds: readonly string[],
    userIds: readonly string[],
  ): Promise<Conversation | undefined>;
  /** The users of those of the rows that say that they take part of their own accord; strongly consistent, 100 rows a call. */
  listEngaged(keys: readonly MemberKey[]): Promise<ReadonlySet<string>>;
  /** Those of the rows that are there and have not ended; strongly consistent, 100 rows a call. */
  listMembersAmong(keys: readonly MemberKey[]): Promise<readonly MemberKey[]>;
  /** Notes that the member does. */
  markEngaged(conversationId: string, userId: string): Promise<void>;
  /** Notes on the head that its members' lists have been told of that day; never of an earlier one. */
  markRecent(conversationId: string, day: string): Promise<void>;
  /** Notes on the head that a queue has been asked to tell them. */
  noteRecentAsked(conversationId: string, at: EpochMillis): Promise<void>;

  /**
   * Members first and the head last: a conversation exists from the instant its head does. All rows get the head's end.
   * A row that has ended is made anew; one that stands is kept for as long as the new one would be.
   */
  create(
    head: NewHead,
    members: readonly string[],
    heldUsers: ReadonlySet<string>,
    owner?: string,
    /** Those of a direct conversation who block the other one. */
    blockers?: ReadonlySet<string>,
  ): Promise<void>;
  /** Takes the end off, if there is one. */
  keepHead(conversationId: string): Promise<void>;
  keepMember(conversationId: string, userId: string): Promise<void>;
  /** Moves the end of a member who has one; never to an earlier time. */
  prolongMember(conversationId: string, userId: string, to: EpochSeconds): Promise<void>;
  /** Deletes the head of a conversation that has ended, which time to live has not taken yet. */
  removeEnded(conversationId: string): Promise<void>;

  /** Makes the number and times of a stored message known; never lowers them. */
  advanceLastSeq(message: LastMessage): Promise<void>;
  /** Tells the sweeper of what is about to be stored. */
  scheduleExpiry(conversationId: string, expiry: ExpiryToSchedule): Promise<void>;
  /** Marks that a user repeats a send, in place of their mark before, and returns the head as it is from then on. */
  markRetry(conversationId: string, mark: Omit<RetryMark, 'id'>): Promise<Head>;
  /** Those that are as they were read. */
  clearRetries(conversationId: string, marks: readonly RetryMark[]): Promise<void>;
  /** Who a direct conversation is shown to be with; not where everybody has left it. */
  keepPair(conversationId: string, pair: readonly string[]): Promise<void>;
  /** Gives a direct conversation that somebody had left its two people again. */
  restorePair(conversationId: string, pair: readonly string[]): Promise<void>;
  /** Takes away the title that an earlier release has put on the head. */
  stripTitle(conversationId: string): Promise<void>;
  /** Takes away what anybody has said of it. */
  strip(conversationId: string): Promise<void>;

  /**
   * A page of the conversations that have a row of the user's, of whichever kind, lowest id first; `next` is the last id of the page.
   * Eventually consistent; also those that have ended.
   */
  listIds(userId: string, limit: number, after?: string): Promise<IdPage>;
  /** The same rows with what they are, each by itself; `next` is opaque. */
  listOwnRows(userId: string, limit: number, after?: string): Promise<OwnRowPage>;
  /** What a list says of a conversation that the user is a member of; eventually consistent; not of one that has ended. */
  readListed(conversationId: string, userId: string): Promise<Listed | undefined>;
  /** Heads and own rows of those the user is a member of; the others are left out. Eventually consistent; also those that have ended. */
  readMemberships(userId: string, conversationIds: readonly string[]): Promise<readonly Membership[]>;
  /** False when they have read as far already, or are no member. Hidden: others may not know more of it than before. */
  markRead(conversationId: string, userId: string, seq: number, isHidden?: boolean): Promise<boolean>;
  /** Has the member's own row say that they block the other one of a direct conversation, or no more; nothing where there is no row. */
  markBlocks(conversationId: string, userId: string, blocks: boolean): Promise<void>;
  /** False when messages have come to them as far already, or they are no member. */
  markDelivered(conversationId: string, userId: string, seq: number): Promise<boolean>;
  /** Those whom they have named and who wait there go on waiting, and nothing says who named them. */
  forgetNamedBy(conversationId: string, userId: string): Promise<void>;
  /** Every row of theirs there. False when there was none. */
  removeMember(conversationId: string, userId: string): Promise<boolean>;

  /**
   * Notes on the head of a group that somebody has been taken out without an event, which moves its revision; and makes the heir its
   * owner, if there is one and they are still in.
   */
  noteRemoval(conversationId: string, memberCount: number, heir: string | undefined): Promise<void>;

  /** Conversations that may hold something due, each once. */
  listDue(cutoff: Cutoff): AsyncIterable<string>;
  /** A page of those in one list of one shard, the earliest first; behind the entry that is named. */
  listDuePage(lane: PurgeLane, cutoff: Cutoff, after?: DueKey): Promise<DuePage>;
  /** The lowest bounds there are. */
  earliestBounds(): Promise<Partial<Pick<PurgeMark, 'nextPurgeAt' | 'purgeFrom'>>>;
  /** False when the mark has changed since the head was read: whoever changed it knows better. */
  replacePurgeMark(head: Head, next: NextPurgeMark): Promise<boolean>;

  /** On the head, which leaves the sweeper's indexes meanwhile. */
  holdConversation(conversationId: string): Promise<void>;
  /** Off the head, for the sweeper to look at what a hold has kept in there. */
  releaseConversation(conversationId: string, at: EpochSeconds): Promise<void>;
  /** By this a send knows that what it stores is under hold, from the rows that it reads anyway. */
  setMemberHeld(conversationId: string, userId: string, held: boolean): Promise<void>;
  /** Takes time to live off the member's row, or puts it back. */
  setMemberEndHeld(conversationId: string, userId: string, held: boolean, at: EpochSeconds): Promise<void>;
  /** Those who are members or were, as long as their rows are there, also those that have ended; strongly consistent. */
  listMemberIds(conversationId: string): Promise<readonly string[]>;
};

/** As many as the text of one condition has room for; the others are cleared with a later mark. */
const mostCleared = 100;

type Conversations = Pick<
  ConversationStore,
  | 'read'
  | 'create'
  | 'removeEnded'
  | 'advanceLastSeq'
  | 'scheduleExpiry'
  | 'markRetry'
  | 'clearRetries'
  | 'keepPair'
  | 'restorePair'
  | 'strip'
>;

/**
 * What opening and sending need. The rest is in `conversationRowStore`, `membershipStore`, `purgeIndexStore` and `holdMarkStore`, so that a
 * function's bundle holds only what it uses.
 */
export function conversationStore(db: Database, tableName: string, now: Clock): Conversations {
  return {
    async read(conversationId) {
      const items = await queryAll(db, {
        TableName: tableName,
        ...headAndMembers,
        ExpressionAttributeValues: { ...headAndMembers.ExpressionAttributeValues, ':id': conversationId },
        ConsistentRead: true,
      });
      return toConversation(items, now());
    },

    async create({ expiresAt, ...head }, members, heldUsers, owner, blockers) {
      const { conversationId } = head;
      await Promise.all(
        members.map((userId) => {
          const row = {
            userId,
            readSeq: 0,
            ...(heldUsers.has(userId) && { held: true }),
            ...(userId === owner && { role: 'owner' }),
            ...(blockers?.has(userId) === true && { blocks: true, shownReadSeq: 0 }),
          };
          return place(memberKey(conversationId, userId), row, expiresAt);
        }),
      );
      await place(headKey(conversationId), { ...head, lastSeq: 0, lastSentAt: 0 }, expiresAt);
    },

    async removeEnded(conversationId) {
      await succeeds(
        db.send(
          new DeleteCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            ConditionExpression: 'expiresAt <= :over',
            ExpressionAttributeValues: { ':over': endedBy(now()) },
          }),
        ),
      );
    },

    async advanceLastSeq({ conversationId, seq, sentAt, expiresAt }) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'SET lastSeq = :seq, lastSentAt = :sentAt, lastExpiresAt = :expiresAt',
            ConditionExpression: 'lastSeq < :seq',
            ExpressionAttributeValues: { ':seq': seq, ':sentAt': sentAt, ':expiresAt': expiresAt },
          }),
        ),
      );
    },

    async scheduleExpiry(conversationId, { sentAt, expiresAt, mixedUntil }) {
      await change(
        'SET purgeShard = :shard, nextPurgeAt = if_not_exists(nextPurgeAt, :expiresAt), purgeFrom = if_not_exists(purgeFrom, :sentAt) REMOVE drainingSince',
        'attribute_exists(conversationId)',
        { ':shard': purgeShardOf(conversationId), ':expiresAt': expiresAt, ':sentAt': sentAt },
      );
      if (mixedUntil === undefined) return;
      // Each on its own condition: of several senders the one that asks for most has its way.
      await change('SET nextPurgeAt = :at', 'nextPurgeAt > :at', { ':at': expiresAt });
      await change('SET mixedUntil = :at', 'attribute_not_exists(mixedUntil) OR mixedUntil < :at', {
        ':at': mixedUntil,
      });

      async function change(expression: string, condition: string, values: Item): Promise<void> {
        await succeeds(
          db.send(
            new UpdateCommand({
              TableName: tableName,
              Key: headKey(conversationId),
              UpdateExpression: `${expression} ADD purgeRevision :one`,
              ConditionExpression: condition,
              ExpressionAttributeValues: { ...values, ':one': 1 },
            }),
          ),
        );
      }
    },

    async markRetry(conversationId, mark) {
      const { Attributes = {} } = await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'SET #mark = :at',
          ConditionExpression: 'attribute_exists(conversationId)',
          ExpressionAttributeNames: { '#mark': retryAttribute(mark.userId) },
          ExpressionAttributeValues: { ':at': mark.at },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return toHead(Attributes);
    },

    async clearRetries(conversationId, marks) {
      const earlier = marks.flatMap(({ id, ...mark }) => (id === undefined ? [] : [{ ...mark, id }]));
      const own = marks.filter(({ id }) => id === undefined).slice(0, mostCleared);
      if (earlier.length + own.length === 0) return;
      const clauses = [
        ...(own.length > 0 ? [`REMOVE ${own.map((_, index) => `#m${index}`).join(', ')}`] : []),
        ...(earlier.length > 0 ? ['DELETE contested :earlier'] : []),
      ];
      const conditions = own.map((_, index) => `#m${index} = :m${index}`);
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: clauses.join(' '),
            ConditionExpression: ['attribute_exists(conversationId)', ...conditions].join(' AND '),
            ...(own.length > 0 && {
              ExpressionAttributeNames: Object.fromEntries(
                own.map(({ userId }, index) => [`#m${index}`, retryAttribute(userId)]),
              ),
            }),
            ExpressionAttributeValues: {
              ...Object.fromEntries(own.map(({ at }, index) => [`:m${index}`, at])),
              ...(earlier.length > 0 && { ':earlier': new Set(earlier.map(encodeEarlierMark)) }),
            },
          }),
        ),
      );
    },

    keepPair: async (conversationId, pair) => setPair(conversationId, pair, 'attribute_exists(pair)'),
    restorePair: async (conversationId, pair) =>
      setPair(conversationId, pair, 'attribute_exists(conversationId)'),

    async strip(conversationId) {
      await succeeds(
        db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: headKey(conversationId),
            UpdateExpression: 'REMOVE pair, title',
            ConditionExpression: 'attribute_exists(conversationId)',
          }),
        ),
      );
    },
  };

  async function setPair(conversationId: string, pair: readonly string[], condition: string): Promise<void> {
    await succeeds(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: headKey(conversationId),
          UpdateExpression: 'SET pair = :pair',
          ConditionExpression: condition,
          ExpressionAttributeValues: { ':pair': pair },
        }),
      ),
    );
  }

  async function place(Key: Item, rest: Item, end: EpochSeconds | undefined): Promise<void> {
    const put = new PutCommand({
      TableName: tableName,
      Item: {
        ...{ ...Key, ...rest },
        ...(end !== undefined && { [rest['held'] === true ? 'heldExpiresAt' : 'expiresAt']: end }),
      },
      ConditionExpression: 'attribute_not_exists(conversationId) OR expiresAt <= :over',
      ExpressionAttributeValues: { ':over': endedBy(now()) },
    });
    if (await succeeds(db.send(put))) return;
    const row = { TableName: tableName, Key };
    await (end === undefined ? keepRow(db, row) : prolongRow(db, row, end));
  }
}
