import { type ReadAhead, remembering } from '../../messages/read-ahead.ts';
import { ProtocolError } from '../../protocol/errors.ts';
import { isMediaContent } from '../../protocol/messages/media-content.ts';
import { beginHandover } from '../../transient/begin-handover.ts';
import { sendTransientMedia } from '../../transient/send-transient-media.ts';
import { sendTransientMessage } from '../../transient/send-transient-message.ts';
import { compose, merged, together } from '../compose.ts';
import { crowd } from '../crowd.ts';
import { processor, pushing } from '../gateways.ts';
import { ifMediaIsHandedOver } from '../modes.ts';
import { review } from '../review.ts';
import { handoverSeconds, mentionAll, now, retentionSeconds } from '../settings.ts';
import {
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  handovers,
  recent,
  transientSends,
  waitingRows,
} from '../stores.ts';
import type { Send, SendProcessed } from './send.ts';

const textParts = {
  ...pushing,
  partnerConsent: consent,
  waitingRows,
  conversations: merged(merged(conversations, conversationRows), conversationEnds),
  sends: transientSends,
  recent,
  retentionSeconds,
  crowd,
};

/** Where messages are not stored: the message is numbered and pushed, and media are there until they are fetched. */
export function passThrough({ remember }: Pick<ReadAhead, 'remember'>): Send {
  const media = ifMediaIsHandedOver(together({ handovers, handoverSeconds, now, processor }));
  const parts = compose({ ...textParts, media, mentionAll, review });
  const deps = {
    ...parts,
    conversations: remembering(parts.conversations, remember),
    beginHandover: parts.media && beginHandover(parts.media),
  };
  return async (sender, frame, consented) => {
    const { content, ...rest } = frame;
    if (!isMediaContent(content))
      return sendTransientMessage({ ...deps, consented }, sender, { ...rest, content });
    await consented;
    if (deps.media === undefined) throw new ProtocolError('NOT_STORED');
    return sendTransientMedia({ ...deps, processor: deps.media.processor }, sender, frame);
  };
}

/** Of who sends no media: the operator's senders, whom it lets call all. */
export function passTextThrough(): SendProcessed {
  const deps = compose(textParts);
  return async (sender, request, consented) =>
    sendTransientMessage(
      { ...deps, consented, beginHandover: undefined, mentionAll: 'members', review: undefined },
      sender,
      request,
    );
}
