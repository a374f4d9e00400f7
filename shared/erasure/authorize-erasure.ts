import { authorizeAuthor, isReadableBy } from '../conversations/authorize-reader.ts';
import { mayTakeAway } from '../conversations/may-take-away.ts';
import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Standing } from '../stores/moderation/moderation-store.ts';

export type AuthorizeErasureDeps = {
  readonly conversations: Pick<ConversationStore, 'readMember' | 'readFormer' | 'read'>;
  /** Undefined where messages are not stored. */
  readonly messages: Pick<MessageStore, 'get'> | undefined;
  readonly profilesStored: boolean;
  readonly retention: AskRetention;
};

/** Of somebody else's message: whose it is, and by what one may take it away. */
export type Moderation = Standing & { readonly author: string };

/**
 * Who is or was a member, and only what is one's own and still to be seen; of others a message that they may read, and that their
 * role lets them take away.
 * @throws ProtocolError FORBIDDEN for a message of others that stays; NOT_FOUND, NOT_STORED.
 */
export async function authorizeErasure(
  deps: AuthorizeErasureDeps,
  userId: string,
  target: ErasureTarget,
): Promise<Moderation | undefined> {
  if (target.scope === 'account') return undefined;
  if (target.scope === 'profile') {
    if (!deps.profilesStored) throw new ProtocolError('NOT_STORED');
    return undefined;
  }
  const { conversationId } = target;
  // A title is kept where profiles are.
  if (deps.messages === undefined && (target.scope === 'message' || !deps.profilesStored))
    throw new ProtocolError('NOT_STORED');
  const { ranges } = await authorizeAuthor(deps, conversationId, userId);
  if (target.scope === 'conversation' || deps.messages === undefined) return undefined;
  const message = await deps.messages.get(conversationId, target.seq, deps.retention, { userId });
  if (message?.from === userId) return undefined;
  if (message === undefined || !isReadableBy(ranges, target.seq)) throw new ProtocolError('NOT_FOUND');
  const conversation = await deps.conversations.read(conversationId);
  if (conversation === undefined || !mayTakeAway(conversation, userId, message))
    throw new ProtocolError('FORBIDDEN');
  return { author: message.from, conversationId, revision: conversation.head.revision };
}
