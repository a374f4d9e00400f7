import { isReadableBy, type ReadableRange, readableRanges } from '../conversations/authorize-reader.ts';
import type { Conversation, FormerMember } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { Message } from '../stores/messages/message.ts';

export type OwnViewDeps = {
  readonly conversations: Pick<ConversationStore, 'read' | 'readFormer'>;
};

/** A conversation as it is to one of its people: to who has left, as it was then, without those who are in it now. */
export type OwnView = {
  readonly conversation: Conversation;
  /** What they may read, and what they wrote whether or not they still may. */
  isTheirs(message: Pick<Message, 'seq' | 'from'>): boolean;
};

/** Undefined of who is not in it and was not, and of one that has ended. */
export async function ownView(
  { conversations }: OwnViewDeps,
  userId: string,
  conversationId: string,
): Promise<OwnView | undefined> {
  const conversation = await conversations.read(conversationId);
  if (conversation === undefined) return undefined;
  const member = conversation.members.get(userId);
  const isFormer = member === undefined || member.returned === true;
  const former = isFormer ? await conversations.readFormer(conversationId, userId) : undefined;
  if (member === undefined && former === undefined) return undefined;
  // Whoever has opened a room is no reader of what others have written there.
  const ranges: readonly ReadableRange[] =
    conversation.head.kind === 'room' ? [] : readableRanges(member, former);
  return {
    conversation: member === undefined && former !== undefined ? asItWas(conversation, former) : conversation,
    isTheirs: ({ seq, from }) => from === userId || isReadableBy(ranges, seq),
  };
}

function asItWas({ head }: Conversation, { userId, leftSeq }: FormerMember): Conversation {
  return {
    head: { ...head, lastSeq: leftSeq },
    members: new Map([[userId, { userId, readSeq: leftSeq }]]),
  };
}
