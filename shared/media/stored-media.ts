import { isMediaContent } from '../protocol/messages/media-content.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { LocateMedia } from '../stores/media/locate-media.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import type { FindMedia } from './give-download.ts';

/** Of a message that can be read at this instant; what a forward shows ends with what it was taken from, if that is earlier. */
export function storedMedia(
  messages: Pick<MessageStore, 'get'>,
  retention: AskRetention,
  locate: LocateMedia,
  now: Clock,
): FindMedia {
  return async (conversationId, seq, userId) => {
    const message = await messages.get(conversationId, seq, retention, { userId });
    if (message === undefined || !isMediaContent(message.content)) return undefined;
    const { mediaId, media } = message.content;
    const located = await locate({ conversationId, mediaId });
    if (located === undefined) return undefined;
    const ruling = await retention();
    const clocks = located.origin === undefined ? [message] : [message, located.origin];
    const end = Math.min(...clocks.map((each) => effectiveExpiry(each, ruling))) as EpochSeconds;
    if (end <= epochSeconds(now())) return undefined;
    return { mediaId: located.key.mediaId, variants: media.variants ?? [], end };
  };
}
