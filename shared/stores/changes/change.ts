import { type EpochMillis, type EpochSeconds, epochSeconds } from '../../time.ts';

/** What can become of a message once it is there. */
export const changeKinds = ['edit', 'recall', 'erase', 'react', 'pin'] as const;

export type ChangeKind = (typeof changeKinds)[number];

/** For so long who was away is told of it; after that they read the conversation again. */
export const changeSeconds = 30 * 86_400;

/** A change of messages of one conversation: ids and times, nothing of what they say and nobody's id. */
export type Change = {
  readonly conversationId: string;
  /** Its place among the changes there, from 1 and without a gap. */
  readonly rev: number;
  readonly kind: ChangeKind;
  /** What has changed: one message; of an erasure up to a page of them. */
  readonly seqs: readonly number[];
  readonly at: EpochMillis;
  /** See `changeEnd`. */
  readonly expiresAt: EpochSeconds;
};

/** Nobody has to be told of the change of a message that has ended. */
export function changeEnd(at: EpochMillis, messageEnd: EpochSeconds): EpochSeconds {
  return Math.min(messageEnd, epochSeconds(at) + changeSeconds) as EpochSeconds;
}
