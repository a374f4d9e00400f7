import type { MentionAll } from '../../conversations/may-mention-all.ts';
import { attachMedia } from '../../media/attach-media.ts';
import { type ReadAhead, remembering } from '../../messages/read-ahead.ts';
import { sendMessage } from '../../messages/send-message.ts';
import { isMediaContent } from '../../protocol/messages/media-content.ts';
import type { Review } from '../../review/review.ts';
import { compose, merged } from '../compose.ts';
import { crowd } from '../crowd.ts';
import { processor, pushing, recentJobs, retries } from '../gateways.ts';
import { messageRetention } from '../retention.ts';
import { review } from '../review.ts';
import { mentionAll, retentionSeconds } from '../settings.ts';
import {
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  recent,
  sends,
  waitingRows,
  writtenMessages,
} from '../stores.ts';
import { forwards } from './forwarding.ts';
import { type Send, type SendProcessed, shownOf } from './send.ts';

/** Where messages are stored: the message is appended to its conversation, then pushed. */
export function store(ahead: Pick<ReadAhead, 'remember'>): Send {
  const deps = compose({ processor, forward: forwards, mentionAll, review });
  const append = storeProcessed(ahead, deps.mentionAll, deps.review);
  return async (sender, frame, consented) => {
    if (isMediaContent(frame.content)) await consented;
    const request = await attachMedia(deps, sender.userId, frame);
    const result = await append(sender, request, consented);
    return { ...result, ...shownOf(request) };
  };
}

/** The operator decides for itself whom its senders call, and reads what they write before they do. */
export function storeProcessed(
  { remember }: Pick<ReadAhead, 'remember'>,
  who: MentionAll = 'members',
  reviewed?: Review,
): SendProcessed {
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
    retentionSeconds,
    retention: messageRetention,
    crowd,
  });
  const remembered = remembering(parts.conversations, remember);
  const deps = { ...parts, mentionAll: who, review: reviewed, conversations: remembered };
  return async (sender, request, consented) => sendMessage({ ...deps, consented }, sender, request);
}
