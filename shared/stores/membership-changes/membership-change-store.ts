import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { FormerMember, Member, Role, WaitingMember } from '../conversations/conversation.ts';
import { formerKey, headKey, memberKey, toFormer, waitingKey } from '../conversations/conversation-item.ts';
import { type WaitingRowStore, waitingRowStore } from '../conversations/waiting-row-store.ts';
import { batchGet } from '../dynamodb/batch-get.ts';
import { succeeds } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { Placed } from '../expiry/expiry.ts';
import type { Message } from '../messages/message.ts';
import type { SendId } from '../sends/send-key.ts';
import {
  type EventOutcome,
  eventWrites,
  findAct,
  recordWrite,
  type Write,
  writeEvent,
} from './event-writes.ts';

/** Who is in a group, and as what, from one event on. */
export type MembershipChange = {
  readonly conversationId: string;
  /** The head's, as it was read. */
  readonly seen: number;
  readonly memberCount: number;
  /** By which connections are found, as it was read: who comes is found in the same way. */
  readonly liveShards?: number;
  /** By which they are found from then on: whoever comes may have rows in the new ones. */
  readonly grownShards?: number;
  readonly closedAt?: EpochMillis;
  readonly event: Message;
  /** Stored without a time to live. */
  readonly held: boolean;
  readonly joining: readonly Member[];
  readonly waiting: readonly WaitingMember[];
  /** No longer waiting. */
  readonly awaited: readonly string[];
  readonly leaving: readonly FormerMember[];
  /** Of those who stay; and of those who come, whose rows have it already. */
  readonly roles: Readonly<Record<string, Role | 'member'>>;
  /** Until when a repeat of the act is known as one. */
  readonly recordEnd: EpochSeconds;
};

export type MembershipChanged = EventOutcome;

export type MembershipChangeStore = WaitingRowStore & {
  /** All of it, or nothing. */
  change(change: MembershipChange): Promise<MembershipChanged>;
  /** From now on its connections are found by group, if nobody has come or gone since that revision. */
  becomeLarge(conversationId: string, shards: number, revision: number): Promise<void>;
  /** What became of an act of that id, if it has been carried out; strongly consistent. */
  find(act: SendId): Promise<Placed | undefined>;
  /** Those of the users who have been members before; strongly consistent. */
  readFormer(conversationId: string, userIds: readonly string[]): Promise<ReadonlyMap<string, FormerMember>>;
};

type Tables = {
  readonly conversations: string;
  readonly sends: string;
  /** Undefined where messages are not stored: the event takes its number on the head alone. */
  readonly messages: string | undefined;
};

/** As many rows as one transaction writes. */
export const mostWrites = 100;

/** Head, event and the record of the act. */
const fixedWrites = 3;

/** How many rows a change takes. */
export function writesOf(
  change: {
    readonly [Rows in 'joining' | 'waiting' | 'awaited' | 'leaving']: readonly unknown[];
  } & Pick<MembershipChange, 'roles'>,
): number {
  const { joining, waiting, awaited, leaving, roles } = change;
  const rows = joining.length + waiting.length + awaited.length + 2 * leaving.length;
  return fixedWrites + rows + Object.keys(roles).length;
}

/**
 * The one place where a group's members change, but for erasure. The head's number is left alone where messages are stored: it
 * is made known when all of this is done, so whoever reads a head that knows the event reads the rows as it has left them.
 */
export function membershipChangeStore(
  db: Database,
  tables: Tables,
  marginSeconds: number,
): MembershipChangeStore {
  return {
    ...waitingRowStore(db, tables.conversations),

    async change(change) {
      const { event, held, recordEnd: end } = change;
      return writeEvent(
        db,
        recordWrite(tables.sends, event, end),
        ...eventWrites(tables.messages, event, held, marginSeconds),
        headOf(change),
        ...rowsOf(change),
      );
    },

    async becomeLarge(conversationId, shards, revision) {
      const update = new UpdateCommand({
        TableName: tables.conversations,
        Key: headKey(conversationId),
        UpdateExpression: 'SET liveShards = :shards',
        ConditionExpression: 'revision = :revision AND attribute_not_exists(liveShards)',
        ExpressionAttributeValues: { ':shards': shards, ':revision': revision },
      });
      await succeeds(db.send(update));
    },

    find: async (act) => findAct(db, tables.sends, act),

    async readFormer(conversationId, userIds) {
      const Keys = userIds.map((userId) => formerKey(conversationId, userId));
      const items = await batchGet(db, { TableName: tables.conversations, Keys, ConsistentRead: true });
      return new Map(items.map(toFormer).map((former) => [former.userId, former]));
    },
  };

  function headOf(change: MembershipChange): Write {
    const {
      conversationId,
      seen,
      memberCount,
      liveShards,
      grownShards = liveShards,
      closedAt,
      event,
    } = change;
    const isGrowing = grownShards !== liveShards;
    const isUnchanged = seen === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen';
    const isCounted = tables.messages === undefined;
    const sets = [
      'revision = :next',
      'memberCount = :count',
      ...(closedAt === undefined ? [] : ['closedAt = :closed']),
      ...(isGrowing ? ['liveShards = :grown'] : []),
      ...(isCounted ? ['lastSeq = :seq', 'lastSentAt = :sentAt'] : []),
    ];
    return {
      Update: {
        TableName: tables.conversations,
        Key: headKey(conversationId),
        UpdateExpression: `SET ${sets.join(', ')}`,
        ConditionExpression: [
          'attribute_exists(conversationId)',
          isUnchanged,
          liveShards === undefined ? 'attribute_not_exists(liveShards)' : 'liveShards = :shards',
          ...(isCounted ? ['lastSeq = :before'] : []),
        ].join(' AND '),
        ExpressionAttributeValues: {
          ':next': seen + 1,
          ':count': memberCount,
          ...(seen > 0 && { ':seen': seen }),
          ...(liveShards !== undefined && { ':shards': liveShards }),
          ...(isGrowing && { ':grown': grownShards }),
          ...(closedAt !== undefined && { ':closed': closedAt }),
          ...(isCounted && { ':seq': event.seq, ':sentAt': event.sentAt, ':before': event.seq - 1 }),
        },
      },
    };
  }

  function rowsOf({
    conversationId,
    joining,
    waiting,
    awaited,
    leaving,
    roles,
  }: MembershipChange): readonly Write[] {
    const TableName = tables.conversations;
    const put = (Item: Record<string, unknown>): Write => ({ Put: { TableName, Item } });
    const come = new Set(joining.map(({ userId }) => userId));
    const given = Object.entries(roles).filter(([userId]) => !come.has(userId));
    const gone = (Key: Record<string, unknown>): Write => ({ Delete: { TableName, Key } });
    return [
      ...joining.map((member) => put({ ...memberKey(conversationId, member.userId), ...storedEnd(member) })),
      ...waiting.map((each) => put({ ...waitingKey(conversationId, each.userId), ...each })),
      ...awaited.map((userId) => gone(waitingKey(conversationId, userId))),
      ...leaving.flatMap((former) => [
        gone(memberKey(conversationId, former.userId)),
        put({ ...formerKey(conversationId, former.userId), ...formerItem(former) }),
      ]),
      ...given.map(([userId, role]): Write => {
        const Key = memberKey(conversationId, userId);
        const ConditionExpression = 'attribute_exists(userId)';
        if (role === 'member')
          return {
            Update: { TableName, Key, ConditionExpression, UpdateExpression: 'REMOVE #role', ...named },
          };
        const ExpressionAttributeValues = { ':role': role };
        return {
          Update: {
            ...{ TableName, Key, ConditionExpression, ExpressionAttributeValues, ...named },
            UpdateExpression: 'SET #role = :role',
          },
        };
      }),
    ];
  }
}

const named = { ExpressionAttributeNames: { '#role': 'role' } };

/** What a hold keeps has no time to live; that is all it says of it. */
function formerItem(former: FormerMember) {
  const { held: _held, ...item } = storedEnd(former);
  return item;
}

/** Of whom a hold keeps it has no time to live. */
function storedEnd<Row extends Member | FormerMember>({ expiresAt, ...row }: Row) {
  if (expiresAt === undefined) return row;
  return { ...row, [row.held === true ? 'heldExpiresAt' : 'expiresAt']: expiresAt };
}
