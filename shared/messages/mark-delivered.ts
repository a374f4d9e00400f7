import type { DeliveredFrame } from '../protocol/activity/frames.ts';
import type { Member } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type MarkToMove, type MoveMarkDeps, moveMark, type Reader } from './move-mark.ts';

export type MarkDeliveredDeps = MoveMarkDeps & {
  readonly conversations: Pick<ConversationStore, 'markDelivered'>;
};

/** Notes how far messages have come to a device of the member's: what they have read has. Of who hides it nothing is noted. */
export async function markDelivered(
  deps: MarkDeliveredDeps,
  reader: Reader,
  frame: Pick<DeliveredFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const store: MarkToMove['store'] = async (conversationId, userId, seq, isHidden) =>
    !isHidden && deps.conversations.markDelivered(conversationId, userId, seq);
  await moveMark(deps, { mark: 'delivered', placeOf: deliveredTo, store }, reader, frame);
}

const deliveredTo = ({ readSeq, deliveredSeq = 0 }: Member): number => Math.max(readSeq, deliveredSeq);
