import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type ForwardedContentDeps = AuthorizeReaderDeps & {
  readonly messages: Pick<MessageStore, 'get'>;
  readonly retention: AskRetention;
};

/**
 * What stands in a message that this person can read in this instant. Nothing else of it is taken along, so that nobody learns who
 * wrote it, where, or when. Media names its origin, which whoever sends it has to turn into an id of its own.
 * @throws ProtocolError NOT_FOUND for what they cannot read, was taken back or nobody wrote.
 */
export async function forwardedContent(
  deps: ForwardedContentDeps,
  userId: string,
  { conversationId, seq }: { readonly conversationId: string; readonly seq: number },
): Promise<Pick<SendFrame, 'content' | 'origin'>> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  if (!isReadableBy(ranges, seq)) throw new ProtocolError('NOT_FOUND');
  const message = await deps.messages.get(conversationId, seq, deps.retention, { userId });
  const { content, sentAt, expiresAt } = message ?? {};
  if (content === undefined || content.type === 'event' || content.type === 'recalled')
    throw new ProtocolError('NOT_FOUND');
  if (!isMediaContent(content) || sentAt === undefined || expiresAt === undefined) return { content };
  const { media, ...shown } = content;
  return { content: shown, origin: { media, sentAt, expiresAt } };
}
