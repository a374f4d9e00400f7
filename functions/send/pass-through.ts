import { compose, merged, together } from '../../shared/composition/compose.ts';
import { crowd } from '../../shared/composition/crowd.ts';
import { processor, pushing } from '../../shared/composition/gateways.ts';
import { ifMediaIsHandedOver } from '../../shared/composition/modes.ts';
import { handoverSeconds, mentionAll, now, retentionSeconds } from '../../shared/composition/settings.ts';
import {
  consent,
  conversationEnds,
  conversationRows,
  conversations,
  handovers,
  recent,
  transientSends,
  waitingRows,
} from '../../shared/composition/stores.ts';
import { type ReadAhead, remembering } from '../../shared/messages/read-ahead.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { isMediaContent } from '../../shared/protocol/messages/media-content.ts';
import { beginHandover } from '../../shared/transient/begin-handover.ts';
import { sendTransientMedia } from '../../shared/transient/send-transient-media.ts';
import { sendTransientMessage } from '../../shared/transient/send-transient-message.ts';
import type { Send } from './send.ts';

/** Where messages are not stored: the message is numbered and pushed, and media are there until they are fetched. */
export function passThrough({ remember }: Pick<ReadAhead, 'remember'>): Send {
  const media = ifMediaIsHandedOver(together({ handovers, handoverSeconds, now, processor }));
  const parts = compose({
    ...pushing,
    partnerConsent: consent,
    waitingRows,
    conversations: merged(merged(conversations, conversationRows), conversationEnds),
    sends: transientSends,
    recent,
    retentionSeconds,
    mentionAll,
    crowd,
    media,
  });
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
