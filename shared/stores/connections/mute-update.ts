import type { EpochSeconds } from '../../time.ts';
import { type Connection, encodeConnection } from './connection.ts';

export type Muting = {
  readonly userId: string;
  /** All that are live, and at least one. */
  readonly live: readonly Connection[];
  readonly now: EpochSeconds;
};

/**
 * Moves the sockets to where no push looks for them and the next run of the clock does, as long as no other one has been
 * opened or closed.
 */
export function muteUpdate(TableName: string, { userId, live, now }: Muting) {
  return {
    TableName,
    Key: { userId },
    UpdateExpression: 'SET nextExpiry = :now REMOVE connections ADD muted :live',
    ConditionExpression: 'connections = :live',
    ExpressionAttributeValues: { ':now': now, ':live': new Set(live.map(encodeConnection)) },
  };
}
