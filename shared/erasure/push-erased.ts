import { type FanOutDeps, fanOut } from '../connections/fan-out.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import { type DeliverMessageDeps, recipients } from '../messages/deliver-message.ts';

export type PushErasedDeps = FanOutDeps &
  Pick<DeliverMessageDeps, 'connections' | 'policyMark'> & {
    readonly conversations: Pick<ConversationStore, 'read'>;
  };

/** Takes erased messages off the screens of whoever is connected: a hint, tried once. */
export type PushErased = (conversationId: string, seqs: readonly number[]) => Promise<void>;

export function pushErased(deps: PushErasedDeps): PushErased {
  return async (conversationId, seqs) => {
    const conversation = await deps.conversations.read(conversationId);
    if (conversation === undefined) return;
    await fanOut(deps, await recipients(deps, conversation), { type: 'erased', conversationId, seqs });
  };
}
