import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { ownerOf } from './roles.ts';

export type LeaveConversationDeps = {
  readonly conversations: Pick<
    ConversationStore,
    | 'stripTitle'
    | 'read'
    | 'keepPair'
    | 'strip'
    | 'clearRetries'
    | 'forgetNamedBy'
    | 'removeMember'
    | 'removeEnded'
    | 'noteRemoval'
  >;
};

export type Left = {
  readonly wasMember: boolean;
  /** Somebody has made them a member again meanwhile. */
  readonly isMember: boolean;
};

/** Takes the user and their marks out of it; the last one to go leaves nothing but numbers and times. */
export async function leaveConversation(
  { conversations }: LeaveConversationDeps,
  conversationId: string,
  userId: string,
): Promise<Left> {
  // First: once their own rows are gone, nothing leads here again.
  await conversations.forgetNamedBy(conversationId, userId);
  const wasMember = await conversations.removeMember(conversationId, userId);
  const conversation = await conversations.read(conversationId);
  if (conversation === undefined) {
    // Nobody reads it any more, but it may still say who was in it.
    await conversations.removeEnded(conversationId);
    return { wasMember, isMember: false };
  }
  const { head, members } = conversation;
  const marks = head.retryMarks.filter((mark) => mark.userId === userId);
  if (marks.length > 0) await conversations.clearRetries(conversationId, marks);
  // An earlier release has put it there without saying whose it is.
  if (head.title !== undefined) await conversations.stripTitle(conversationId);
  // No event: it would name whoever is forgotten.
  if (wasMember && head.kind === 'group') {
    const isOwned = [...members.values()].some(({ role }) => role === 'owner');
    const heir = isOwned || head.memberCount === undefined ? undefined : ownerOf(members.values());
    await conversations.noteRemoval(conversationId, members.size, heir);
  }
  if (members.size === 0) await conversations.strip(conversationId);
  else if (head.pair !== undefined) await conversations.keepPair(conversationId, [...members.keys()]);
  return { wasMember, isMember: members.has(userId) };
}
