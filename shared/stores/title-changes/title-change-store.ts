import type { EpochSeconds } from '../../time.ts';
import { headKey, replacedTitleKey } from '../conversations/conversation-item.ts';
import type { Database } from '../dynamodb/database.ts';
import type { Placed } from '../expiry/expiry.ts';
import {
  type EventOutcome,
  eventWrites,
  findAct,
  recordWrite,
  type Write,
  writeEvent,
} from '../membership-changes/event-writes.ts';
import type { Message } from '../messages/message.ts';
import type { Title } from '../profiles/title.ts';
import { titleKey, titleRow } from '../profiles/title-store.ts';
import type { SendId } from '../sends/send-key.ts';

/** What a group is called, from one event on. */
export type TitleChange = {
  readonly conversationId: string;
  /** The head's revision, as it was read: by it somebody may do this. */
  readonly seen: number;
  readonly event: Message;
  /** Stored without a time to live. */
  readonly held: boolean;
  /** Until when a repeat of the act is known as one. */
  readonly recordEnd: EpochSeconds;
  /** Undefined where profiles are not stored: there no title is kept. */
  readonly kept:
    | {
        /** As it was read. */
        readonly before: Title | undefined;
        /** A hold is on it: it goes to a row of its own. */
        readonly isHeld: boolean;
        /** Undefined: there is none from now on. */
        readonly now: Title | undefined;
        readonly willBeHeld: boolean;
      }
    | undefined;
};

export type TitleChanged = EventOutcome;

export type TitleChangeStore = {
  /** All of it, or nothing. */
  changeTitle(change: TitleChange): Promise<TitleChanged>;
  /** What became of an act of that id, if it has been carried out; strongly consistent. */
  find(act: SendId): Promise<Placed | undefined>;
};

type Tables = {
  readonly conversations: string;
  readonly sends: string;
  /** Undefined where messages are not stored: the event takes its number on the head alone. */
  readonly messages: string | undefined;
  /** Undefined where profiles are not stored. */
  readonly profiles: string | undefined;
};

/** The one place where a group's title changes, but for erasure: of several that are given at once the last event's stands. */
export function titleChangeStore(db: Database, tables: Tables, marginSeconds: number): TitleChangeStore {
  return {
    find: async (act) => findAct(db, tables.sends, act),

    async changeTitle(change) {
      const { event, held, recordEnd } = change;
      return writeEvent(
        db,
        recordWrite(tables.sends, event, recordEnd),
        ...eventWrites(tables.messages, event, held, marginSeconds),
        headOf(change),
        ...titleOf(change),
      );
    },
  };

  /** Lists ask for the titles of those that have one. The number is made known when all of this is there, as of any event. */
  function headOf({ conversationId, seen, event, kept }: TitleChange): Write {
    const isCounted = tables.messages === undefined;
    const sets = [
      ...(kept === undefined ? [] : ['titled = :titled']),
      ...(isCounted ? ['lastSeq = :seq', 'lastSentAt = :sentAt'] : []),
    ];
    const condition = [
      'attribute_exists(conversationId)',
      seen === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen',
      ...(isCounted ? ['lastSeq = :before'] : []),
    ].join(' AND ');
    const values = {
      ...(seen > 0 && { ':seen': seen }),
      ...(kept !== undefined && { ':titled': kept.now !== undefined }),
      ...(isCounted && { ':seq': event.seq, ':sentAt': event.sentAt, ':before': event.seq - 1 }),
    };
    const head = {
      TableName: tables.conversations,
      Key: headKey(conversationId),
      ConditionExpression: condition,
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    };
    return sets.length === 0
      ? { ConditionCheck: head }
      : { Update: { ...head, UpdateExpression: `SET ${sets.join(', ')}` } };
  }

  function titleOf({ conversationId, event, kept }: TitleChange): readonly Write[] {
    if (kept === undefined || tables.profiles === undefined) return [];
    const { before, isHeld, now, willBeHeld } = kept;
    const TableName = tables.profiles;
    const Key = titleKey(conversationId);
    const isAsRead =
      before === undefined
        ? { ConditionExpression: 'attribute_not_exists(userId)' }
        : {
            ConditionExpression: '#by = :by AND updatedAt = :version',
            ExpressionAttributeNames: { '#by': 'by' },
            ExpressionAttributeValues: { ':by': before.by, ':version': before.updatedAt },
          };
    const replaced =
      before !== undefined && isHeld
        ? [
            {
              Put: {
                TableName: tables.conversations,
                Item: {
                  ...replacedTitleKey(conversationId, event.seq),
                  seq: event.seq,
                  title: before.title,
                  by: before.by,
                  updatedAt: before.updatedAt,
                },
              },
            },
          ]
        : [];
    if (now !== undefined)
      return [
        ...replaced,
        { Put: { TableName, Item: titleRow(now, willBeHeld, marginSeconds), ...isAsRead } },
      ];
    return before === undefined ? [] : [...replaced, { Delete: { TableName, Key, ...isAsRead } }];
  }
}
