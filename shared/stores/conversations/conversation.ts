import type { EpochMillis } from '../../time.ts';
import type { RowEnd } from './conversation-end.ts';
import type { PurgeMark } from './purge-mark.ts';
import type { RetryMark } from './retry-mark.ts';

export type ConversationKind = 'direct' | 'group' | 'room';

/** What who joins may read: all there is, or what is written from then on. */
export type GroupHistory = 'start' | 'joining';
/** What who leaves may go on reading until it ends: what was theirs to read, or nothing. */
export type AfterLeaving = 'keep' | 'nothing';
/** Of who has more to say in a group than its members have. */
export type Role = 'owner' | 'admin';

export type Head = PurgeMark &
  RowEnd & {
    readonly conversationId: string;
    readonly kind: ConversationKind;
    readonly createdAt: EpochMillis;
    /** The highest number given out; never falls, also when messages are deleted. */
    readonly lastSeq: number;
    readonly lastSentAt: number;
    /** The highest number given to a change of its messages; absent: none has changed. */
    readonly lastRev?: number;
    /** Of an earlier release, which put it here. Titles are rows of their own, with an author and an end: see `Title`. */
    readonly title?: string;
    /** Seconds; never longer than the operator's. */
    readonly retention?: number;
    /** Counts the changes of who is in a group, and as what; absent: none yet. */
    readonly revision?: number;
    /** As of the last change; a row that nobody came to ends by itself. Absent in what earlier releases made. */
    readonly memberCount?: number;
    /** Absent: from the start, as ever in a conversation of an earlier release. */
    readonly history?: GroupHistory;
    readonly afterLeaving?: AfterLeaving;
    /** Nobody writes there any more, or is added. */
    readonly closedAt?: EpochMillis;
    /** The day on which its members' lists were last told that something is written there. */
    readonly recentOn?: string;
    /** Of a large group: when a queue was last asked to tell them. */
    readonly recentAskedAt?: EpochMillis;
    /** Whether it may have a title, which is a row of its own; absent in what earlier releases made: it may. */
    readonly titled?: boolean;
    /** Of a large group or a room: by how many rows' partitions it finds who is connected. */
    readonly liveShards?: number;
    /** Both people of a direct conversation. */
    readonly pair?: readonly string[];
    /** Who repeats a send whose first attempt may still be running: see `repeatSend`. */
    readonly retryMarks: readonly RetryMark[];
  };

export type Member = RowEnd & {
  readonly userId: string;
  readonly readSeq: number;
  /** How far others know that they have read, where they have read on without letting them know. */
  readonly shownReadSeq?: number;
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
  /** Absent: neither. */
  readonly role?: Role;
  /** Number of the event by which they came; absent: they were there from the start. */
  readonly joinedSeq?: number;
  /** The first number that they may read; absent: the first one there is. */
  readonly fromSeq?: number;
  /** They have been a member before: a row of then says what else they may read. */
  readonly returned?: true;
  readonly mutedUntil?: EpochMillis;
  readonly pinned?: true;
  readonly hidden?: true;
  /** Of a direct conversation: they block the other one. */
  readonly blocks?: true;
};

/** A time as a member, from the number by which they came to the one by which they left. */
export type Stint = {
  readonly joinedSeq: number;
  readonly leftSeq: number;
  /** What of it they may go on reading, both inclusive; `toSeq` 0: nothing. */
  readonly fromSeq: number;
  readonly toSeq: number;
};

/**
 * Who has left, until the last message that they can have written there has ended: by it they read what was theirs to read, and what
 * they wrote is found.
 */
export type FormerMember = Stint &
  RowEnd & {
    readonly userId: string;
    readonly held?: true;
    /** Of who has left more than once: the times before, the last ones of them. */
    readonly earlier?: readonly Stint[];
  };

/** Who has been named and has not agreed to anything yet: no member. */
export type WaitingMember = RowEnd & {
  readonly userId: string;
  /** Absent: whoever has opened it, whose own row says who that is, or nobody who is there any more. */
  readonly by?: string;
  /** The number at which they were named, from which they read once they come; absent: when it was opened. */
  readonly fromSeq?: number;
};

/** The last read receipt of a member of a large group. */
export type ReadReceipt = { readonly seq: number; readonly nextAt: EpochMillis };

export type Conversation = { readonly head: Head; readonly members: ReadonlyMap<string, Member> };

/** Up to so many each of the members learns of what another one does; beyond, everybody's doing would be everybody's load. */
export const mostClose = 32;

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
