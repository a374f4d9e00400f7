import { authorizeMember } from '../conversations/authorize-member.ts';
import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Clock } from '../time.ts';

export type AuthorizeErasureDeps = {
  readonly conversations: Pick<ConversationStore, 'read'>;
  /** Undefined where messages are not stored. */
  readonly messages: Pick<MessageStore, 'list'> | undefined;
  readonly profilesStored: boolean;
  readonly retentionSeconds: number;
  readonly now: Clock;
};

/** Members only, and only what is one's own and still to be seen. */
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
  if (deps.messages === undefined) throw new ProtocolError('NOT_STORED');
  const { conversationId } = target;
  authorizeMember(await deps.conversations.read(conversationId), userId);
  if (target.scope === 'conversation') return;
  const { seq } = target;
  const range = { after: seq - 1, before: seq + 1, limit: 1, newestFirst: false };
  const [message] = (await deps.messages.list(conversationId, range)).messages;
  const isOwn = message?.from === userId && isReadable(message, deps.retentionSeconds, deps.now());
  if (!isOwn) throw new ProtocolError('NOT_FOUND');
}
