import { fanOutMessage, type Sender } from '../push/fan-out-message.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { Message } from '../stores/messages/message.ts';
import { epochSeconds } from '../time.ts';
import type { SendMessageDeps } from './message-builder.ts';

/** Long enough for a busy gateway to breathe. */
const retrySeconds = 2;

/**
 * Pushes, and makes the number known beside it; what cannot be reached now is left to the queue. A repeat has the time of its
 * first attempt, and may come when the life of its message is over: that is shown to nobody.
 */
export async function pushMessage(
  deps: SendMessageDeps,
  message: Message,
  connections: readonly Connection[],
  sender: Sender,
): Promise<void> {
  const { conversationId, seq, expiresAt } = message;
  const hasEnded = expiresAt <= epochSeconds(deps.now());
  const [later] = await Promise.all([
    fanOutMessage(deps, hasEnded ? [] : connections, message, sender),
    deps.conversations.advanceLastSeq(message),
  ]);
  if (later.length === 0) return;
  await deps.retries.add(
    { conversationId, seq, connectionIds: later.map(({ connectionId }) => connectionId) },
    retrySeconds,
    conversationId,
  );
}
