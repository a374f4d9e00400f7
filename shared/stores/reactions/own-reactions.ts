import type { EpochMillis, EpochSeconds } from '../../time.ts';
import { withEnd } from '../dynamodb/time-to-live.ts';

/** One emoji that somebody has given a message. */
export type OwnReaction = {
  readonly emoji: string;
  readonly at: EpochMillis;
  /** Of a direct conversation in which one of the two blocked the other then: nobody else ever learns of it. */
  readonly unseen?: true;
};

/** What somebody has given one message, among what they have for themselves. It ends with the message. */
export type OwnReactions = {
  readonly conversationId: string;
  readonly seq: number;
  /** In the order in which they were given; at least one. */
  readonly given: readonly OwnReaction[];
  /** Of the message. */
  readonly sentAt: EpochMillis;
  readonly expiresAt: EpochSeconds;
  /** Stored without a time to live. */
  readonly held: boolean;
};

const prefix = 'react#';

/** As many digits as the highest number has, so that rows stand in the order of the messages. */
const digits = 16;

const entryOf = (conversationId: string, seq: number): string =>
  `${prefix}${conversationId}#${String(seq).padStart(digits, '0')}`;

export const ownReactionsKey = (userId: string, conversationId: string, seq: number) => ({
  userId,
  entry: entryOf(conversationId, seq),
});

/** The rows of some messages of one conversation, both numbers inclusive. */
export const ownReactionsIn = (conversationId: string, from: number, to: number) => ({
  from: entryOf(conversationId, from),
  to: entryOf(conversationId, to),
});

/** All of this kind. `$` comes next to `#`. */
export const allOwnReactions = { from: prefix, to: 'react$' };

/** Of a row of theirs, if it is of this kind. */
export function toOwnReactions(row: Readonly<Record<string, unknown>>): OwnReactions | undefined {
  const entry = String(row['entry']);
  if (!entry.startsWith(prefix)) return undefined;
  const [, conversationId = '', seq] = entry.split('#');
  const { given, sentAt, expiresAt } = withEnd<OwnReactions>(row);
  const held = row['heldExpiresAt'] !== undefined;
  return { conversationId, seq: Number(seq), given, sentAt, expiresAt, held };
}
