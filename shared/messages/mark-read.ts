import type { ReadFrame } from '../protocol/activity/frames.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type MoveMarkDeps, moveMark, type Reader } from './move-mark.ts';

export type MarkReadDeps = MoveMarkDeps & {
  readonly conversations: Pick<ConversationStore, 'markRead'>;
};

/** Moves the reader's place. */
export async function markRead(
  deps: MarkReadDeps,
  reader: Reader,
  frame: Pick<ReadFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const { markRead: store } = deps.conversations;
  await moveMark(deps, { mark: 'read', placeOf: ({ readSeq }) => readSeq, store }, reader, frame);
}
