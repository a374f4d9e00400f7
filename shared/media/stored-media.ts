import { isMediaContent } from '../protocol/messages/media-content.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { FindMedia } from './give-download.ts';

/** Of a message that can be read at this instant. */
export function storedMedia(messages: Pick<MessageStore, 'get'>, retention: AskRetention): FindMedia {
  return async (conversationId, seq, userId) => {
    const message = await messages.get(conversationId, seq, retention, { userId });
    if (message === undefined || !isMediaContent(message.content)) return undefined;
    const { mediaId, media } = message.content;
    return { mediaId, variants: media.variants ?? [], end: effectiveExpiry(message, await retention()) };
  };
}
