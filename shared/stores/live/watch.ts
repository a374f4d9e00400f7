import type { EpochSeconds } from '../../time.ts';

/** A connection that watches a room: what lets its user in, and leads to the row by which it is found. */
export type Watch = {
  readonly userId: string;
  readonly connectionId: string;
  readonly conversationId: string;
  /** In which of the room's partitions that row stands. */
  readonly shard: number;
  /** With the connection. */
  readonly expiresAt: EpochSeconds;
  /** What they write is under a hold. */
  readonly held?: true;
  /** The room's own, which never changes: it is known before the head is read. */
  readonly retention?: number;
};

/** As it is stored, held or not. */
export function toWatch(userId: string, item: Readonly<Record<string, unknown>>): Watch {
  const { conversationId, connectionId, shard, endsAt, held, retention } = item;
  return {
    userId,
    conversationId: String(conversationId),
    connectionId: String(connectionId),
    shard: Number(shard),
    expiresAt: Number(endsAt) as EpochSeconds,
    ...(held === true && { held }),
    ...(typeof retention === 'number' && { retention }),
  };
}
