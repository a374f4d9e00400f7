import { authorizeMember } from '../conversations/authorize-member.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { SendFrame } from '../protocol/client-frames.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendResult } from '../protocol/server-frames.ts';
import type { EpochMillis } from '../time.ts';
import { type DeliverMessageDeps, deliverMessage, recipients, type Sender } from './deliver-message.ts';
import { expiryOf, newMessage } from './message.ts';
import type { RelayStore } from './relay-store.ts';

export type RelayMessageDeps = DeliverMessageDeps & {
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly relays: RelayStore;
  readonly retentionSeconds: number;
};

const attempts = 50;

/**
 * The not-stored mode: numbers the message, hands it to whoever is connected, and forgets it. Nothing is queued for
 * later, since nothing is kept that could be pushed again.
 */
export async function relayMessage(
  deps: RelayMessageDeps,
  sender: Sender,
  frame: SendFrame,
): Promise<SendResult> {
  const { conversationId } = frame;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const { conversation } = authorizeMember(await deps.conversations.read(conversationId), sender.userId);
    const { lastSeq, lastSentAt } = conversation.head;
    const sentAt = Math.max(deps.now(), lastSentAt) as EpochMillis;
    const placed = { seq: lastSeq + 1, sentAt, expiresAt: expiryOf(sentAt, deps.retentionSeconds) };
    const message = newMessage(sender.userId, frame, placed);
    const relayed = await deps.relays.take(message);
    if (relayed === 'behind') continue;
    if (relayed !== 'taken') return earlierResult(conversationId, relayed.earlier);
    await deliverMessage(deps, await recipients(deps, conversation), message, sender);
    return { conversationId, ...placed, stored: false };
  }
  throw new ProtocolError('CONFLICT');
}

function earlierResult(
  conversationId: string,
  { seq = 0, sentAt = 0, expiresAt }: { seq?: number; sentAt?: number; expiresAt: number },
): SendResult {
  return { conversationId, seq, sentAt, expiresAt, stored: false, duplicate: true };
}
