import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type EraseAsOperatorDeps = {
  /** Undefined where messages are not stored. */
  readonly messages: Pick<MessageStore, 'headers'> | undefined;
  readonly eraseMessage: (
    userId: string,
    target: ErasureTarget,
  ) => Promise<{ readonly requestId: string; readonly state: string }>;
};

/**
 * Takes a message away from everybody, whoever wrote it. It is an erasure of its author's, with a receipt among theirs. What the
 * service says of comings and goings stays.
 */
export async function eraseAsOperator(
  { messages, eraseMessage }: EraseAsOperatorDeps,
  conversationId: string,
  seq: number,
): Promise<{ readonly userId: string; readonly requestId: string; readonly state: string }> {
  if (messages === undefined) throw new ProtocolError('NOT_STORED');
  const { headers } = await messages.headers(conversationId, { after: seq - 1, before: seq + 1, limit: 1 });
  const [header] = headers;
  const userId = header?.from;
  if (header === undefined || userId === undefined || header.tombstonedAt !== undefined)
    throw new ProtocolError('NOT_FOUND');
  if (header.event !== undefined) throw new ProtocolError('FORBIDDEN');
  return { userId, ...(await eraseMessage(userId, { scope: 'message', conversationId, seq })) };
}
