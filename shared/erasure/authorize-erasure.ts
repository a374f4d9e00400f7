import { authorizeAuthor } from '../conversations/authorize-reader.ts';
import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type AuthorizeErasureDeps = {
  readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer'>;
  /** Undefined where messages are not stored. */
  readonly messages: Pick<MessageStore, 'get'> | undefined;
  readonly profilesStored: boolean;
  readonly retention: AskRetention;
};

/** Who is or was a member, and only what is one's own and still to be seen. */
export async function authorizeErasure(
  deps: AuthorizeErasureDeps,
  userId: string,
  target: ErasureTarget,
): Promise<void> {
  if (target.scope === 'account') return;
  if (target.scope === 'profile') {
    if (!deps.profilesStored) throw new ProtocolError('NOT_STORED');
    return;
  }
  const { conversationId } = target;
  // A title is kept where profiles are.
  if (deps.messages === undefined && (target.scope === 'message' || !deps.profilesStored))
    throw new ProtocolError('NOT_STORED');
  await authorizeAuthor(deps, conversationId, userId);
  if (target.scope === 'conversation' || deps.messages === undefined) return;
  const message = await deps.messages.get(conversationId, target.seq, deps.retention, { userId });
  if (message?.from !== userId) throw new ProtocolError('NOT_FOUND');
}
