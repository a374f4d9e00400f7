import type { MessageContent } from '../../protocol/messages/table.ts';
import type { ReportReason } from '../../protocol/safety/report-reasons.ts';
import type { EpochMillis, EpochSeconds } from '../../time.ts';
import type { MediaVariantName } from '../media/media-objects.ts';
import type { Message } from '../messages/message.ts';

/** `keep`: the message stays where it is. `remove`: it is taken away from everybody. Either ends the copy. */
export type ReportDecision = 'keep' | 'remove';

/** How many people gave each reason. */
export type ReasonCounts = Readonly<Record<ReportReason, number>>;

/** A message that somebody has reported, with a copy of it that no end and no erasure of the message reaches. */
export type Report = {
  readonly reportId: string;
  readonly conversationId: string;
  readonly seq: number;
  /** Whose message it is. */
  readonly from: string;
  readonly message: CopiedMessage;
  /** Where the copies of its media lie; nobody else's, and never used again. */
  readonly copyId: string;
  /** Those that were there to be copied; undefined while they are being copied. */
  readonly media?: readonly MediaVariantName[];
  /** `copying`: nobody has been told yet that it is reported. `ending`: nobody reads it any more. */
  readonly state: 'copying' | 'open' | 'ending';
  readonly openedAt: EpochMillis;
  /** The end by which nobody reads it any more, decided or not. */
  readonly expiresAt: EpochSeconds;
  /** When somebody last began to copy its media. */
  readonly copyingSince?: EpochMillis;
  /** How many have reported it, at most as many as are counted. */
  readonly reporters: number;
  readonly reasons: ReasonCounts;
  /** Since when it is ending, and by which decision if there was one. */
  readonly endedAt?: EpochMillis;
  readonly decision?: ReportDecision;
};

export type CopiedMessage = Pick<Message, 'id' | 'sentAt' | 'replyTo' | 'mentions' | 'mentionsAll'> & {
  readonly content: MessageContent;
};

/** Who reports and why. */
export type Reporter = {
  readonly userId: string;
  readonly reason: ReportReason;
  readonly reportedAt: EpochMillis;
};

/** What is known of a decision: nothing of anybody's, and not whose message it was. */
export type DecisionRecord = {
  readonly reportId: string;
  readonly conversationId: string;
  readonly seq: number;
  readonly decision: ReportDecision;
  readonly decidedAt: EpochMillis;
  readonly openedAt: EpochMillis;
  readonly reporters: number;
  readonly reasons: ReasonCounts;
};

/** One of a message at a time. No conversation's id has a dot in it. */
export function reportIdOf(conversationId: string, seq: number): string {
  return `${conversationId}.${seq}`;
}

/** How many people of one message are counted and named: whoever reports it after them changes nothing. */
export const mostReporters = 100;

/** Longer than any function may run that copies media: after so long nobody puts another copy there. */
export const copyingSeconds = 120;

/** How long a decision stays known: half a year, in which people may complain of it (Regulation (EU) 2022/2065, article 20). */
export const decisionSeconds = 183 * 86_400;

/** Days in which somebody may see to a sweeper that does not run; then time to live deletes, which asks for no legal hold. */
export const reportSlackSeconds = 2 * 86_400;
