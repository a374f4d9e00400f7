import type { SendFrame } from '../protocol/messages/frames.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import { type NewestSeqDeps, newestSeq } from './newest-seq.ts';

/** Whether what the message answers has been written, and whom it mentions can read it. */
export async function hasValidReferences(
  deps: NewestSeqDeps,
  { head, members }: Conversation,
  { replyTo = 0, mentions = [] }: Pick<SendFrame, 'replyTo' | 'mentions'>,
): Promise<boolean> {
  if (mentions.some((userId) => !members.has(userId))) return false;
  return replyTo <= head.lastSeq || replyTo <= (await newestSeq(deps, head));
}
