import { compose, merged } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { processor, pushing, recentJobs, retries } from '../../shared/composition/gateways.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { mentionAll, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  recent,
  sends,
  waitingRows,
  writtenMessages,
} from '../../shared/composition/stores.ts';
import { attachMedia } from '../../shared/media/attach-media.ts';
import { type ReadAhead, remembering } from '../../shared/messages/read-ahead.ts';
import { sendMessage } from '../../shared/messages/send-message.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import type { Send } from './send.ts';

/** Where messages are stored: the message is appended to its conversation, then pushed. */
export function store({ remember }: Pick<ReadAhead, 'remember'>): Send {
  const parts = compose({
    ...pushing,
    partnerConsent: consent,
    waitingRows,
    conversations: merged(merged(conversations, conversationRows), conversationEnds),
    messages: writtenMessages,
    sends,
    recent,
    recentJobs,
    retries,
    processor,
    retentionSeconds,
    mentionAll,
    retention: messageRetention,
    crowd,
  });
  const deps = { ...parts, conversations: remembering(parts.conversations, remember) };
  return async (sender, frame, consented) => {
    if (isMediaContent(frame.content)) await consented;
    const request = await attachMedia(deps.processor, sender.userId, frame);
    const result = await sendMessage({ ...deps, consented }, sender, request);
    return isMediaContent(request.content) ? { ...result, media: request.content.media } : result;
  };
}
