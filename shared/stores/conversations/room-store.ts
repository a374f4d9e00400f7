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

export function roomStore(db: Database, TableName: string): RoomStore {
  return {
    async takeNumber(conversationId, at, endOf) {
      const first = await take('lastSentAt <= :at', 'lastSentAt = :at, ', endOf(at));
      if ('result' in first) return numberAfter(toHead(first.result.Attributes ?? {}), at);
      const head = first.item && toHead(unmarshall(first.item));
      if (head === undefined || isOver(head)) return undefined;
      // Somebody whose clock is ahead, or who was quicker, has a later time. It never falls: with that one no second race is lost.
      const second = await take('lastSentAt > :at', '', endOf(epochMillis(head.lastSentAt)));
      if (!('result' in second)) return undefined;
      const before = toHead(second.result.Attributes ?? {});
      return numberAfter(before, epochMillis(before.lastSentAt));

      async function take(condition: string, time: string, end: EpochSeconds) {
        return unlessRefused(
          db.send(
            new UpdateCommand({
              TableName,
              Key: headKey(conversationId),
              UpdateExpression: `SET lastSeq = lastSeq + :one, ${time}lastExpiresAt = :end REMOVE expiresAt, heldExpiresAt`,
              ConditionExpression: `${condition} AND attribute_not_exists(closedAt) AND (attribute_not_exists(expiresAt) OR expiresAt > :over)`,
              ExpressionAttributeValues: { ':one': 1, ':at': at, ':end': end, ':over': endedBy(at) },
              ReturnValues: 'ALL_OLD',
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            }),
          ),
        );
      }

      function isOver(head: Head): boolean {
        return head.closedAt !== undefined || hasEnded(head, at);
      }
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
