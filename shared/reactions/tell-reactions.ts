import { readersOf } from '../messages/follow-members.ts';
import type { ReactionCount } from '../protocol/reactions/table.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from '../push/fan-out-to-members.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type TellReactionsDeps = FanOutToMembersDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly messages: Pick<MessageStore, 'get'>;
  readonly retention: AskRetention;
};

/** To the members of a large group: how often these messages were given each emoji by now. */
export async function tellReactions(
  deps: TellReactionsDeps,
  conversationId: string,
  seqs: readonly number[],
): Promise<void> {
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined) return;
  for (const seq of new Set(seqs)) {
    const message = await deps.messages.get(conversationId, seq, deps.retention, 'anyone');
    if (message === undefined) continue;
    await fanOutToMembers(deps, readersOf(conversation, seq), {
      ...{ type: 'reacted', conversationId, seq, rev: message.rev ?? 0 },
      reactions: countsOf(message.reactions),
    });
  }
}

function countsOf(reactions: readonly ReactionCount[] = []): readonly ReactionCount[] {
  return reactions.map(({ emoji, count }) => ({ emoji, count }));
}
