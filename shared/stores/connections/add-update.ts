import type { EpochSeconds } from '../../time.ts';
import { type Connection, encodeConnection, maxConnectionSeconds } from './connection.ts';
import { expiryShardOf } from './expiry-shard.ts';

export type Adding = {
  readonly now: EpochSeconds;
  /** Whether the clock looks at the user early enough as it is, or is to do so from now on. */
  readonly due: 'known' | 'advanced';
};

/**
 * Adds a connection in the one write that sees to it that the clock will look at it in time: a crash leaves none that is never
 * cut. Its condition fails where `due` is not so.
 */
export function addUpdate(TableName: string, connection: Connection, { now, due }: Adding) {
  const { userId, expiresAt } = connection;
  const isKnown = due === 'known';
  return {
    TableName,
    Key: { userId },
    UpdateExpression: `SET expiresAt = :ttl, expiryIndex = :index,
      nextExpiry = ${isKnown ? 'if_not_exists(nextExpiry, :expiry)' : ':expiry'} ADD connections :element`,
    ConditionExpression: isKnown
      ? 'attribute_not_exists(nextExpiry) OR nextExpiry <= :expiry'
      : 'nextExpiry > :expiry',
    ExpressionAttributeValues: {
      ':ttl': now + maxConnectionSeconds + 600,
      ':index': expiryShardOf(userId),
      ':expiry': expiresAt,
      ':element': new Set([encodeConnection(connection)]),
    },
    ReturnValues: 'UPDATED_NEW',
  } as const;
}
