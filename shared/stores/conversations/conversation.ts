import type { EpochMillis } from '../../time.ts';
import type { RowEnd } from './conversation-end.ts';
import type { PurgeMark } from './purge-mark.ts';
import type { RetryMark } from './retry-mark.ts';

export type ConversationKind = 'direct' | 'group';

export type Head = PurgeMark &
  RowEnd & {
    readonly conversationId: string;
    readonly kind: ConversationKind;
    readonly createdAt: EpochMillis;
    /** The highest number given out; never falls, also when messages are deleted. */
    readonly lastSeq: number;
    readonly lastSentAt: number;
    /** Of an earlier release, which put it here. Titles are rows of their own, with an author and an end: see `Title`. */
    readonly title?: string;
    /** Seconds; never longer than the operator's. */
    readonly retention?: number;
    /** Of a group that was large when it was made: by how many rows' partitions it finds who is connected. */
    readonly liveShards?: number;
    /** Both people of a direct conversation. */
    readonly pair?: readonly string[];
    /** Who repeats a send whose first attempt may still be running: see `repeatSend`. */
    readonly retryMarks: readonly RetryMark[];
  };

export type Member = RowEnd & {
  readonly userId: string;
  readonly readSeq: number;
  /** How far messages have come to a device of theirs; absent where nobody has said so. */
  readonly deliveredSeq?: number;
  /** What they write is under a hold: see `isOnHold`. */
  readonly held?: true;
  /** Of a direct conversation: they have opened it or written in it, so that the other one is a contact of theirs. */
  readonly engaged?: true;
  /** Of a large group: how far the authors have been told that they have read, and when they may be told again. */
  readonly readReceipt?: ReadReceipt;
  /** Likewise of what has come to them. */
  readonly deliveryReceipt?: ReadReceipt;
};

/** The last read receipt of a member of a large group. */
export type ReadReceipt = { readonly seq: number; readonly nextAt: EpochMillis };

export type Conversation = { readonly head: Head; readonly members: ReadonlyMap<string, Member> };

/** Up to so many each of the members learns of what another one does; beyond, everybody's doing would be everybody's load. */
const mostClose = 32;

/** Where not everybody is told of who reads or writes. */
export function isLarge({ members }: Pick<Conversation, 'members'>): boolean {
  return members.size > mostClose;
}

/** Whether a group of these will be large. */
export function isLargeGroup(members: readonly string[]): boolean {
  return members.length > mostClose;
}

/** What the user sends here is stored without a time to live. */
export function isSenderOnHold({ head, members }: Conversation, userId: string): boolean {
  return head.held === true || members.get(userId)?.held === true;
}
