import { purgeShardCount } from '../../configuration/purge-shards.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';

/**
 * What a conversation's head says about deleting its expired messages. It rarely changes: the two indexed attributes
 * are lower bounds that the sweeper moves on, so a message costs no write of an index.
 */
export type PurgeMark = {
  /** Partition of both indexes; absent while the conversation holds no message. */
  readonly purgeShard?: string;
  /** No stored message was stamped with an earlier end. */
  readonly nextPurgeAt?: EpochSeconds;
  /** No stored message is older: finds what a shorter policy ends earlier than it was stamped. */
  readonly purgeFrom?: EpochMillis;
  /** Counts the changes of the mark, so that the sweeper never overwrites one it has not seen. */
  readonly purgeRevision?: number;
  /** Found empty then; a send that sees this takes it back before it stores anything. */
  readonly drainingSince?: EpochSeconds;
  /** Until then a later message may end before an earlier one: the retention was shortened in between. */
  readonly mixedUntil?: EpochSeconds;
  /** The numbers up to this one were known at `settledAt`: no send that began later takes one of them. */
  readonly settledSeq?: number;
  readonly settledAt?: EpochSeconds;
  /** The stamped end of the newest message. */
  readonly lastExpiresAt?: EpochSeconds;
  /** Under a legal hold: out of both indexes. */
  readonly held?: true;
  /** The last release: what a hold had kept until then is late from then on only. */
  readonly releasedAt?: EpochSeconds;
  /** How far the sweeper has read. */
  readonly purgePlace?: PurgePlace;
};

/** Lower bounds over what stays of what was read: not over what is under a hold, which is not the sweeper's. */
export type KeptBounds = {
  /** Zero: nothing stays, and the bounds say nothing. */
  readonly count: number;
  readonly nextPurgeAt: number;
  readonly purgeFrom: number;
  /** Some of it has ended, and its number was not yet known for long enough: to be read again. */
  readonly hasEnded: boolean;
  /** The latest stamped end, and until when a later message is known to end before an earlier one; of what is held, too. */
  readonly latest: number;
  readonly mixedUntil: number;
};

/** Where the next run goes on. */
export type PurgePlace = {
  /** That of the mark: once it has changed in any way, nobody goes on from here. */
  readonly revision: number;
  readonly after: number;
  /** The whole conversation is read, not only what may have ended. */
  readonly whole: boolean;
  /** It was read to its end; only what came since is of interest until something of the rest ends. */
  readonly finished: boolean;
  readonly kept: KeptBounds;
};

export type ExpiryToSchedule = {
  readonly sentAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  readonly mixedUntil?: EpochSeconds;
};

/** A slack for heads that lag behind messages being placed at the same time. */
const lagSeconds = 900;

export const purgeShards: readonly string[] = Array.from({ length: purgeShardCount }, (_, index) =>
  String(index),
);

/** Spreads the writes of the index, whose partitions take a thousand a second each. */
export function purgeShardOf(conversationId: string): string {
  return String((conversationId.codePointAt(conversationId.length - 1) ?? 0) % purgeShardCount);
}

export function mixedAfter(latest: number, mixedUntil: number): EpochSeconds {
  return Math.max(latest + lagSeconds, mixedUntil) as EpochSeconds;
}

/** What the mark needs before a message that ends then may be stored; undefined, nearly always, when nothing. */
export function dueExpiry(
  mark: PurgeMark,
  { sentAt, expiresAt }: { readonly sentAt: EpochMillis; readonly expiresAt: EpochSeconds },
): ExpiryToSchedule | undefined {
  if (mark.held === true) return undefined;
  const { purgeShard, nextPurgeAt = expiresAt, drainingSince, lastExpiresAt = 0, mixedUntil = 0 } = mark;
  const latest = Math.max(lastExpiresAt, nextPurgeAt);
  const lower = expiresAt < nextPurgeAt;
  const outOfOrder = lower || expiresAt < lastExpiresAt;
  const marked = purgeShard !== undefined && drainingSince === undefined && !lower;
  if (marked && (!outOfOrder || mixedUntil >= latest)) return undefined;
  return { sentAt, expiresAt, ...(outOfOrder && { mixedUntil: mixedAfter(latest, mixedUntil) }) };
}
