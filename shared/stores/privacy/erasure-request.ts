import type { ErasureTarget } from '../../protocol/erasure/erasure-target.ts';
import type { EraseResult } from '../../protocol/erasure/table.ts';
import type { EpochMillis } from '../../time.ts';
import type { ErasedStore } from './erasure-by-store.ts';

/** Items deleted, those that a fresh look then found, and how many of these a legal hold keeps. */
export type Tally = { readonly deleted: number; readonly found: number; readonly held: number };

/** Conversations, or all that the user is in. */
export type HeldIn = readonly string[] | 'everywhere';

/** An erasure that is not over: ids, counts and times. */
export type ErasureRequest = {
  readonly userId: string;
  readonly requestId: string;
  readonly target: ErasureTarget;
  /** The user is a moderator, and the message is somebody else's. */
  readonly isModeration?: true;
  readonly requestedBy: 'user' | 'operator';
  readonly requestedAt: EpochMillis;
  /** What was written after it is not meant. */
  readonly writtenBy: EpochMillis;
  /** `refused in part`: a legal hold keeps some of it; the rest is gone, and this goes on when the hold is lifted. */
  readonly state: EraseResult['state'];
  /** How many steps are behind it, and where the present one goes on. */
  readonly step: number;
  readonly after?: string;
  readonly tallies: Readonly<Partial<Record<ErasedStore, Tally>>>;
  /**
   * Where the latest look at the messages met a hold. Their writer stays a member there, also if it is lifted before the
   * memberships are come to: without one the messages would be found by nobody.
   */
  readonly heldIn?: HeldIn;
  /** Conversations on hold that this pass has met, as many as are listed: who waits asks for these again. */
  readonly heldConversations?: readonly string[];
  /** Of a moderation that a hold keeps back: whose message it is, so that a hold on them can be asked for. */
  readonly heldAuthor?: string;
  /** All has been looked at, and what is left is under hold. */
  readonly awaitsRelease?: true;
  /** Sockets to be told and cut, once their row is gone. */
  readonly connections?: readonly string[];
  readonly updatedAt: EpochMillis;
  /** Counts the changes: of two deliveries of the same job one goes on. */
  readonly revision: number;
};

/** What a queue holds of it. */
export type ErasureKey = Pick<ErasureRequest, 'userId' | 'target'>;

/** The counts of what went stay; what is found is looked for anew. */
export function onlyDeleted(tallies: ErasureRequest['tallies']): ErasureRequest['tallies'] {
  return Object.fromEntries(
    Object.entries(tallies).map(([store, { deleted }]) => [store, { deleted, found: 0, held: 0 }]),
  );
}
