import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { LateLook } from '../stores/privacy/late-look.ts';
import type { SendStore } from '../stores/sends/send-store.ts';

/** What tells a repeated send from a new one, of which nothing is kept of an account that is erased. */
export type ForgetRepeatsDeps = {
  readonly conversations: Pick<ConversationStore, 'readHead' | 'clearRetries'>;
  readonly sends: Pick<SendStore, 'listKeys' | 'remove'>;
};

type Writer = Pick<LateLook, 'userId' | 'writtenBy'>;

/** A repeat that was under way marks the head of a conversation in which no membership leads to it any more. */
export async function forgetMarks(
  { conversations }: Pick<ForgetRepeatsDeps, 'conversations'>,
  { userId, writtenBy }: Writer,
  conversationId: string,
): Promise<void> {
  const { retryMarks = [] } = (await conversations.readHead(conversationId)) ?? {};
  // Of somebody who has come back a later mark guards a send of now.
  const marks = retryMarks.filter((mark) => mark.userId === userId && mark.at <= writtenBy);
  if (marks.length > 0) await conversations.clearRetries(conversationId, marks);
}

/**
 * With what `eraseWritten` has just settled. How many have gone, and where to go on: a page may hold nothing but what somebody who has
 * come back has sent since.
 */
export async function forgetSends(
  { sends }: Pick<ForgetRepeatsDeps, 'sends'>,
  { userId, writtenBy }: Writer,
  after: string | undefined,
): Promise<{ readonly deleted: number; readonly next?: string }> {
  const { keys, next } = await sends.listKeys(userId, writtenBy, after);
  await Promise.all(keys.map(async (key) => sends.remove({ userId, sendKey: key })));
  return { deleted: keys.length, ...(next !== undefined && { next }) };
}
