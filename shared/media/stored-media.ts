import { effectiveExpiry, isReadable } from '../stores/expiry/expiry.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Clock } from '../time.ts';
import type { FindMedia } from './give-download.ts';

/** Of a message that can be read at this instant. */
export function storedMedia(
  messages: Pick<MessageStore, 'list'>,
  retentionSeconds: number,
  now: Clock,
): FindMedia {
  return async (conversationId, seq) => {
    const page = { after: seq - 1, before: seq + 1, limit: 1, newestFirst: false };
    const [message] = (await messages.list(conversationId, page)).messages;
    if (message === undefined || !isReadable(message, retentionSeconds, now())) return undefined;
    const { content } = message;
    if (content.type === 'text') return undefined;
    const { mediaId, media } = content;
    return { mediaId, variants: media.variants ?? [], end: effectiveExpiry(message, retentionSeconds) };
  };
}
