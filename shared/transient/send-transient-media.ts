import { attachMedia } from '../media/attach-media.ts';
import type { MediaProcessor } from '../media/media-processor-gateway.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import type { Sender } from '../push/fan-out-message.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import { sendKeyOf } from '../stores/sends/send-key.ts';
import {
  type SendTransientMessageDeps,
  sendTransientMessage,
  transientResult,
} from './send-transient-message.ts';

export type SendTransientMediaDeps = SendTransientMessageDeps & { readonly processor: MediaProcessor };

/** A repeat of what is done gets the first result, without what the media is once it has been handed over and is gone. */
export async function sendTransientMedia(
  deps: SendTransientMediaDeps,
  sender: Sender,
  frame: SendFrame,
): Promise<SendResult> {
  const { conversationId, id } = frame;
  const earlier = await deps.sends.find(sendKeyOf({ conversationId, id, from: sender.userId }));
  const attached = attachMedia({ processor: deps.processor, forward: undefined }, sender.userId, frame);
  if (earlier?.pushed === true) {
    const known = await attached.catch(() => undefined);
    return { ...transientResult({ conversationId, ...earlier }), duplicate: true, ...factsOf(known) };
  }
  const request = await attached;
  return { ...(await sendTransientMessage(deps, sender, request)), ...factsOf(request) };
}

function factsOf(request: SendRequest | undefined): Pick<SendResult, 'media'> {
  return request !== undefined && isMediaContent(request.content) ? { media: request.content.media } : {};
}
