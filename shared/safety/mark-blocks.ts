import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';

export type MarkBlocksDeps = {
  readonly blocks: Pick<BlockStore, 'blocks'>;
  readonly conversations: Pick<ConversationStore, 'markBlocks'>;
};

/** Each round means that the same person has changed their mind meanwhile, on another device. */
const rounds = 5;

/**
 * Has the member's own row in their direct conversation say what their block says, by which a send knows without another read.
 * Looks again behind each mark: whoever marks last has seen what stands. Does nothing where they are no member.
 */
export async function markBlocks(
  { blocks, conversations }: MarkBlocksDeps,
  conversationId: string,
  { userId, otherId }: { readonly userId: string; readonly otherId: string },
  known?: boolean,
): Promise<void> {
  let desired = known ?? (await blocks.blocks(userId, otherId));
  for (let round = 0; round < rounds; round += 1) {
    await conversations.markBlocks(conversationId, userId, desired);
    const now = await blocks.blocks(userId, otherId);
    if (now === desired) return;
    desired = now;
  }
}
