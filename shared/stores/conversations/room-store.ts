import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type EpochMillis, type EpochSeconds, epochMillis } from '../../time.ts';
import { succeeds, unlessRefused } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand } from '../dynamodb/database.ts';
import type { Head } from './conversation.ts';
import { endedBy, hasEnded } from './conversation-end.ts';
import { headKey, type Item, toHead } from './conversation-item.ts';

/** A number of a room, given out once and to nobody else. */
export type RoomNumber = {
  readonly seq: number;
  /** Never earlier than that of the number before. */
  readonly sentAt: EpochMillis;
  /** As it was before. */
  readonly head: Head;
};

export type RoomStore = {
  /**
   * Counts on, and says when the last number was given out and when its message ends. Undefined where there is no such room, or
   * one that has ended. From then on the room stays.
   */
  takeNumber(
    conversationId: string,
    at: EpochMillis,
    endOf: (sentAt: EpochMillis) => EpochSeconds,
  ): Promise<RoomNumber | undefined>;
  /** Gives the room more partitions in which it finds who is connected; false when somebody else has. */
  grow(conversationId: string, from: number, to: number): Promise<boolean>;
};

/** Clocks that differ take turns in being ahead, a few times at most. */
const attempts = 8;
const stepMillis = 20;

export function roomStore(db: Database, TableName: string): RoomStore {
  return {
    async takeNumber(conversationId, at, endOf) {
      let sentAt = at;
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const outcome = await unlessRefused(
          db.send(
            new UpdateCommand({
              TableName,
              Key: headKey(conversationId),
              UpdateExpression:
                'SET lastSeq = lastSeq + :one, lastSentAt = :at, lastExpiresAt = :end REMOVE expiresAt, heldExpiresAt',
              ConditionExpression:
                'lastSentAt <= :at AND attribute_not_exists(closedAt) AND (attribute_not_exists(expiresAt) OR expiresAt > :over)',
              ExpressionAttributeValues: {
                ':one': 1,
                ':at': sentAt,
                ':end': endOf(sentAt),
                ':over': endedBy(at),
              },
              ReturnValues: 'ALL_OLD',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        );
        if ('result' in outcome) return numberAfter(toHead(outcome.result.Attributes ?? {}), sentAt);
        const head = outcome.item && toHead(unmarshall(outcome.item));
        if (head === undefined || head.closedAt !== undefined || hasEnded(head, at)) return undefined;
        // A little ahead, so that those whose clocks are need not be overtaken again.
        sentAt = epochMillis(Math.max(at, head.lastSentAt) + attempt * stepMillis);
      }
      throw new Error('the clocks of those who write in this room are too far apart');
    },

    async grow(conversationId, from, to) {
      const update = new UpdateCommand({
        TableName,
        Key: headKey(conversationId),
        UpdateExpression: 'SET liveShards = :to',
        ConditionExpression: 'liveShards = :from',
        ExpressionAttributeValues: { ':from': from, ':to': to } satisfies Item,
      });
      return succeeds(db.send(update));
    },
  };
}

function numberAfter(head: Head, sentAt: EpochMillis): RoomNumber {
  return { seq: head.lastSeq + 1, sentAt, head };
}
