import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { type FanOutToMembersDeps, fanOutToMembers } from './fan-out-to-members.ts';

export type PushErasedDeps = FanOutToMembersDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
};

/** Takes erased messages off the screens of whoever is connected. */
export type PushErased = (conversationId: string, seqs: readonly number[], rev?: number) => Promise<void>;

export function pushErased(deps: PushErasedDeps): PushErased {
  return async (conversationId, seqs, rev) => {
    const conversation = await deps.conversations.read(conversationId);
    if (conversation === undefined) return;
    await fanOutToMembers(deps, conversation, {
      ...{ type: 'erased', conversationId, seqs },
      ...(rev !== undefined && { rev }),
    });
  };
}
