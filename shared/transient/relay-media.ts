import { attachMedia } from '../media/attach-media.ts';
import type { MediaProcessor } from '../media/media-processor-gateway.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import type { SendResult } from '../protocol/messages/table.ts';
import type { Sender } from '../push/deliver-message.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import { type RelayMessageDeps, relayMessage, relayResult } from './relay-message.ts';

export type RelayMediaDeps = RelayMessageDeps & { readonly processor: MediaProcessor };

/** A repeat of what is done gets the first result, without what the media is once it has been handed over and is gone. */
export async function relayMedia(
  deps: RelayMediaDeps,
  sender: Sender,
  frame: SendFrame,
): Promise<SendResult> {
  const { conversationId, id } = frame;
  const earlier = await deps.relays.find({ conversationId, id, from: sender.userId });
  const attached = attachMedia(deps.processor, sender.userId, frame);
  if (earlier?.pushed === true) {
    const known = await attached.catch(() => undefined);
    return { ...relayResult({ conversationId, ...earlier }), duplicate: true, ...factsOf(known) };
  }
  const request = await attached;
  return { ...(await relayMessage(deps, sender, request)), ...factsOf(request) };
}

function factsOf(request: SendRequest | undefined): Pick<SendResult, 'media'> {
  return request === undefined || request.content.type === 'text' ? {} : { media: request.content.media };
}
