import { type EpochMillis, epochMillis, epochSeconds } from '../../time.ts';
import { existingItem } from '../dynamodb/conditional-write.ts';
import { type Database, UpdateCommand, type UpdateCommandInput } from '../dynamodb/database.ts';

/** Which of a user's limits, and how many of its tokens. */
export type TokenRequest = {
  readonly userId: string;
  readonly limit: string;
  readonly tokens: number;
};

/** What a full bucket holds, and how long it takes to get one token back. */
export type Bucket = { readonly capacity: number; readonly millisPerToken: number };

export type RateLimitStore = {
  /**
   * Takes the tokens if the bucket holds them all, whoever else takes some at the same time. Resolves to undefined when they
   * are taken, otherwise to the instant at which the bucket will be full again, as it stands.
   */
  take(request: TokenRequest, bucket: Bucket, now: EpochMillis): Promise<EpochMillis | undefined>;
};

/** A row that is not there says that the bucket is full, so one that is gone late does no harm. */
const spareSeconds = 60;
/** Each round means that somebody else took tokens in between. */
const rounds = 8;

/**
 * The generic cell rate algorithm (ITU-T I.371, annex A): in place of a count that has to be refilled, the row holds the instant
 * `fullAt` at which the bucket will be full. One conditional write takes tokens from a bucket in use, another from a full one.
 */
export function rateLimitStore(db: Database, tableName: string): RateLimitStore {
  return {
    async take({ userId, limit, tokens }, { capacity, millisPerToken }, now) {
      const cost = tokens * millisPerToken;
      const latest = now + capacity * millisPerToken;
      if (now + cost > latest) return epochMillis(latest);
      let inUse = false;
      for (let round = 0; round < rounds; round += 1) {
        const before = await existingItem(db.send(new UpdateCommand(inUse ? fromUsed() : fromFull())));
        if (before === undefined) return undefined;
        const fullAt = Number(before['fullAt']);
        if (fullAt + cost > latest) return epochMillis(fullAt);
        inUse = fullAt >= now;
      }
      return epochMillis(latest);

      function fromUsed() {
        return update('fullAt = fullAt + :cost', 'fullAt BETWEEN :now AND :most', {
          ':cost': cost,
          ':now': now,
          ':most': latest - cost,
        });
      }

      function fromFull() {
        return update('fullAt = :next', 'attribute_not_exists(fullAt) OR fullAt < :now', {
          ':next': now + cost,
          ':now': now,
        });
      }

      function update(
        set: string,
        condition: string,
        values: Readonly<Record<string, number>>,
      ): UpdateCommandInput {
        return {
          TableName: tableName,
          Key: { userId, limit },
          UpdateExpression: `SET ${set}, expiresAt = :end`,
          ConditionExpression: condition,
          ExpressionAttributeValues: {
            ...values,
            ':end': epochSeconds(epochMillis(latest)) + spareSeconds,
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        };
      }
    },
  };
}
