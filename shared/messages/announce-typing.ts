import { type AuthorizeMemberDeps, readAsMember } from '../conversations/authorize-member.ts';
import type { TypingFrame } from '../protocol/activity/frames.ts';
import { fanOut } from '../push/fan-out.ts';
import { recipients } from '../push/fan-out-message.ts';
import type { FanOutToMembersDeps } from '../push/fan-out-to-members.ts';
import { witnessesOf } from '../safety/hidden-from.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { isLarge } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';

export type AnnounceTypingDeps = FanOutToMembersDeps &
  AuthorizeMemberDeps & { readonly conversations: Pick<ConversationStore, 'read'> };

/** Tells the others that somebody is writing, except in a large group. Nothing of it is kept. */
export async function announceTyping(
  deps: AnnounceTypingDeps,
  userId: string,
  { conversationId, seq }: Pick<TypingFrame, 'conversationId' | 'seq'>,
): Promise<void> {
  const { conversation } = await readAsMember(deps, conversationId, userId);
  if (isLarge(conversation)) return;
  const open = await recipients(deps, witnessesOf(conversation, userId));
  const own = open.find((each) => each.userId === userId);
  const push = { type: 'typing', conversationId, userId } as const;
  const others = open.filter((each) => each.userId !== userId);
  // What is on the screen has been read.
  const isShown = ({ hides }: Connection) => hides?.includes('read') !== true;
  const told = seq !== undefined && own !== undefined && isShown(own) ? others.filter(isShown) : [];
  await Promise.all([
    fanOut(deps, told, { ...push, ...(seq !== undefined && { seq }) }),
    fanOut(
      deps,
      others.filter((each) => !told.includes(each)),
      push,
    ),
  ]);
}
