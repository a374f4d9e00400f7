import {
  type AuthorizeReaderDeps,
  authorizeReader,
  isReadableBy,
} from '../conversations/authorize-reader.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { Content } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';

export type ForwardedContentDeps = AuthorizeReaderDeps & {
  readonly messages: Pick<MessageStore, 'get'>;
  readonly retention: AskRetention;
};

/**
 * What stands in a message that this person can read in this instant: a text or custom content. Nothing else of it is taken along, so that
 * nobody learns who wrote it, where, or when.
 * @throws ProtocolError NOT_FOUND for what they cannot read, was taken back or nobody wrote; FORBIDDEN for media, which stays where it is.
 */
export async function forwardedContent(
  deps: ForwardedContentDeps,
  userId: string,
  { conversationId, seq }: { readonly conversationId: string; readonly seq: number },
): Promise<Content> {
  const { ranges } = await authorizeReader(deps, conversationId, userId);
  if (!isReadableBy(ranges, seq)) throw new ProtocolError('NOT_FOUND');
  const message = await deps.messages.get(conversationId, seq, deps.retention, { userId });
  const content = message?.content;
  if (content === undefined || content.type === 'event' || content.type === 'recalled')
    throw new ProtocolError('NOT_FOUND');
  if (isMediaContent(content)) throw new ProtocolError('FORBIDDEN');
  return content;
}
