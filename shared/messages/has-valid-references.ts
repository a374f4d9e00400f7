import type { SendFrame } from '../protocol/messages/frames.ts';
import type { Conversation, Member } from '../stores/conversations/conversation.ts';
import { type NewestSeqDeps, newestSeq } from './newest-seq.ts';

/** Whether what the message answers has been written, and not before its sender came, and whom it mentions can read it. */
export async function hasValidReferences(
  deps: NewestSeqDeps,
  { head, members }: Conversation,
  { replyTo = 0, mentions = [] }: Pick<SendFrame, 'replyTo' | 'mentions'>,
  { fromSeq = 1 }: Pick<Member, 'fromSeq'> = {},
): Promise<boolean> {
  if (mentions.some((userId) => !members.has(userId))) return false;
  if (replyTo > 0 && replyTo < fromSeq) return false;
  return replyTo <= head.lastSeq || replyTo <= (await newestSeq(deps, head));
}
