import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { Change } from '../changes/change.ts';
import { changePut } from '../changes/change-store.ts';
import { ifAbsent } from '../dynamodb/conditional-write.ts';
import type { Database } from '../dynamodb/database.ts';
import { getItem } from '../dynamodb/get-item.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';
import { type EventOutcome, type Write, writeEvent } from '../membership-changes/event-writes.ts';
import { type Version, versionPut } from '../messages/version-store.ts';
import { type Standing, standingCheck } from '../moderation/moderation-store.ts';
import { type SendId, sendKeyOf } from '../sends/send-key.ts';
import { type IdempotencyRecord, outlivesBySeconds } from '../sends/send-store.ts';

/** What somebody does to one message. */
export type MessageChange = {
  /** Of one message, at the next number. */
  readonly change: Change & { readonly seqs: readonly [number] };
  /** Whose act it is, and under which id of theirs. */
  readonly by: string;
  readonly id: string;
  /** Until when a repeat of the act is known as one; see `recordEnd`. */
  readonly recordEnd: EpochSeconds;
  /** The message's number among the changes as it was read; undefined: none had changed it. */
  readonly seenRev: number | undefined;
  /** What the message's row says from then on, and no longer. Its ends are not among it. */
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  /** What it said before, where a hold keeps that. */
  readonly version?: Version;
  /** Media of its own that goes with what it said: if it is not deleted at once, the sweeper of uploads is to do it then. */
  readonly losing?: { readonly mediaId: string; readonly sweepAt: EpochSeconds };
  /** Media of its own that a hold keeps, and no forward shows any more. */
  readonly withdrawing?: string;
  /** Of who leads there: if nobody has come, gone or got a role since. */
  readonly standing?: Standing;
  /** What else is written with it. */
  readonly also?: readonly Write[];
};

/** `behind`: somebody else was quicker, with this message or another change: what was read is old. */
export type MessageChanged = EventOutcome;

/** What an act became, by its record. */
export type ChangePlaced = { readonly seq: number; readonly rev: number; readonly at: EpochMillis };

export type MessageChangeStore = {
  /** All of it, or nothing. A message that is erased, recalled or gone does not change: `behind`. */
  changeMessage(change: MessageChange): Promise<MessageChanged>;
  /** What became of an act of that id, if it has been carried out; strongly consistent. */
  findChange(act: SendId): Promise<ChangePlaced | undefined>;
};

type Tables = {
  readonly sends: string;
  readonly messages: string;
  readonly changes: string;
  /** Of a function that takes messages back. */
  readonly conversations?: string;
  readonly media?: string;
};

/**
 * The one place where what a message says changes, but for erasure. The head is left alone, as by a send: a transaction there
 * would be in the way of whoever writes. It is told the number afterwards.
 */
export function messageChangeStore(db: Database, tables: Tables): MessageChangeStore {
  return {
    async changeMessage(change) {
      return writeEvent(
        db,
        recordOf(change),
        messageOf(change),
        { Put: changePut(tables.changes, change.change) },
        ...replacedOf(change),
        ...(change.also ?? []),
      );
    },

    async findChange(act) {
      const item = await getItem(db, { TableName: tables.sends, Key: sendKeyOf(act) });
      const record = item && withEnd<IdempotencyRecord>(item);
      if (record?.seq === undefined || record.rev === undefined) return undefined;
      return { seq: record.seq, rev: record.rev, at: record.claimedAt };
    },
  };

  function recordOf({ change, by: from, id, recordEnd }: MessageChange): Write {
    const { conversationId, rev, at, expiresAt } = change;
    const [seq] = change.seqs;
    const key = sendKeyOf({ conversationId, id, from });
    const record: IdempotencyRecord = { ...key, claimedAt: at, seq, rev, sentAt: at, expiresAt };
    return {
      Put: {
        TableName: tables.sends,
        Item: { ...record, endsAt: expiresAt, expiresAt: recordEnd + outlivesBySeconds },
        ...ifAbsent('userId'),
      },
    };
  }

  function replacedOf({ version, losing, withdrawing, standing }: MessageChange): readonly Write[] {
    const { conversations = '', media = '' } = tables;
    return [
      ...(version === undefined ? [] : [{ Put: versionPut(tables.messages, version) }]),
      ...(standing === undefined ? [] : [{ ConditionCheck: standingCheck(conversations, standing) }]),
      ...(withdrawing === undefined
        ? []
        : [
            {
              Update: {
                TableName: media,
                Key: { mediaId: withdrawing },
                UpdateExpression: 'SET isWithdrawn = :true',
                ConditionExpression: 'attribute_exists(mediaId)',
                ExpressionAttributeValues: { ':true': true },
              },
            },
          ]),
      ...(losing === undefined
        ? []
        : [
            {
              Update: {
                TableName: media,
                Key: { mediaId: losing.mediaId },
                UpdateExpression: 'SET sweepAt = :at',
                ConditionExpression: 'attribute_exists(mediaId)',
                ExpressionAttributeValues: { ':at': losing.sweepAt },
              },
            },
          ]),
    ];
  }

  function messageOf({ change, seenRev, set, remove = [] }: MessageChange): Write {
    const { conversationId, rev } = change;
    const [seq] = change.seqs;
    const sets = Object.entries({ ...set, rev });
    const names = [...sets.map(([name]) => name), ...remove];
    const places = new Map(names.map((name, index) => [name, `#n${index}`]));
    const assigned = sets.map(([name], index) => `${places.get(name)} = :v${index}`);
    const removed = remove.map((name) => places.get(name));
    return {
      Update: {
        TableName: tables.messages,
        Key: { conversationId, seq },
        UpdateExpression: [
          `SET ${assigned.join(', ')}`,
          ...(removed.length > 0 ? [`REMOVE ${removed.join(', ')}`] : []),
        ].join(' '),
        ConditionExpression: [
          // A tombstone is nobody's.
          'attribute_exists(#from) AND attribute_not_exists(recalledAt)',
          seenRev === undefined ? 'attribute_not_exists(rev)' : 'rev = :seen',
        ].join(' AND '),
        ExpressionAttributeNames: {
          '#from': 'from',
          ...Object.fromEntries([...places].map(([name, place]) => [place, name])),
        },
        ExpressionAttributeValues: {
          ...Object.fromEntries(sets.map(([, value], index) => [`:v${index}`, value])),
          ...(seenRev !== undefined && { ':seen': seenRev }),
        },
      },
    };
  }
}
