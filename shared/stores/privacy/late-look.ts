import { createHash } from 'node:crypto';
import type { EpochMillis } from '../../time.ts';

/**
 * What an erasure looks at once more, when whatever had begun before it has ended. It is there until that is done, so that no
 * queue can lose it: ids and times.
 */
export type LateLook = {
  readonly userId: string;
  /** `everything`: all but the messages of conversations, which have looks of their own. */
  readonly scope: 'everything' | 'account' | 'conversation';
  /** Whose receipt says what this look deletes; earlier releases noted none. */
  readonly requestId?: string;
  /** What was written after it is not meant. */
  readonly writtenBy: EpochMillis;
  /** Those that are left to be looked at; under a hold they wait for its end. */
  readonly conversationIds: readonly string[];
  /** The step of `everything` under way. */
  readonly step?: number;
  /** Where the present step, or the first of the conversations, goes on. */
  readonly after?: string;
  readonly dueAt: EpochMillis;
  /** Counts the changes: of two deliveries of the same job one goes on. */
  readonly revision: number;
  /** Tells it from all others, and is the same when the same is asked for once more. */
  readonly id: string;
  /** Of each time that it is noted another one: who has read one that is over does not go on with the next. Earlier releases gave none. */
  readonly noteId?: string;
};

/** The same for the same, however often it is asked for. */
export function lateLookId({
  userId,
  scope,
  writtenBy,
  conversationIds,
}: Pick<LateLook, 'userId' | 'scope' | 'writtenBy' | 'conversationIds'>): string {
  const digest = createHash('sha256').update(conversationIds.join()).digest('base64url').slice(0, 22);
  return `${userId}#${scope}#${writtenBy}#${digest}`;
}
