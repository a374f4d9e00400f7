import { ownerOf } from '../conversations/roles.ts';
import type { MarkBlocksDeps } from '../safety/mark-blocks.ts';
import { blockersBetween, settleBlocks } from '../safety/settle-blocks.ts';
import type { Conversation, WaitingMember } from '../stores/conversations/conversation.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { WaitingRowStore } from '../stores/conversations/waiting-row-store.ts';
import type { WaitingStore } from '../stores/personal/waiting-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { Clock } from '../time.ts';

export type AdmitWaitingDeps = MarkBlocksDeps & {
  readonly awaited: Pick<WaitingStore, 'list' | 'forget'>;
  readonly conversations: Pick<ConversationStore, 'read' | 'create' | 'restorePair' | 'markBlocks'>;
  readonly waitingRows: WaitingRowStore;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly admitToGroup: (conversationId: string, waiting: WaitingMember) => Promise<void>;
  readonly now: Clock;
};

/** Of somebody who has agreed and comes: makes them a member wherever they are waited for. May be repeated. */
export async function admitWaiting(deps: AdmitWaitingDeps, userId: string): Promise<void> {
  for (const conversationId of await deps.awaited.list(userId)) {
    const waiting = (await deps.waitingRows.listWaiting(conversationId)).find(
      (each) => each.userId === userId,
    );
    if (waiting !== undefined && !hasEnded(waiting, deps.now())) await admit(deps, conversationId, waiting);
    await deps.awaited.forget(userId, conversationId);
  }
}

async function admit(deps: AdmitWaitingDeps, conversationId: string, waiting: WaitingMember): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation?.head.kind === 'direct') await admitToDirect(deps, conversation, waiting.userId);
  else if (!(await isUnwilling(deps, conversation, waiting)))
    await deps.admitToGroup(conversationId, waiting);
}

/** Whoever blocks the one who has named them goes on as if they had never come. Of those named when it was opened that is its owner. */
async function isUnwilling(
  { blocks }: AdmitWaitingDeps,
  conversation: Conversation | undefined,
  { userId, by }: WaitingMember,
): Promise<boolean> {
  const namedBy = by ?? (conversation && ownerOf(conversation.members.values()));
  return namedBy !== undefined && blocks.blocks(userId, namedBy);
}

/** The row first, then the end of the waiting: a crash leaves both, and the next time goes on. */
async function admitToDirect(
  deps: AdmitWaitingDeps,
  { head, members }: Conversation,
  userId: string,
): Promise<void> {
  const { retryMarks: _marks, lastSeq: _seq, lastSentAt: _at, ...kept } = head;
  const pair = [...new Set([...members.keys(), userId])].sort();
  const [{ users }, blockers] = await Promise.all([
    deps.holds.among({ users: [userId] }),
    blockersBetween(deps.blocks, pair),
  ]);
  await deps.conversations.create(kept, [userId], users, undefined, blockers);
  await deps.conversations.restorePair(head.conversationId, pair);
  await settleBlocks(deps, head.conversationId, pair, blockers);
  await deps.waitingRows.setWaiting(head.conversationId, [], [userId]);
}
