import { attachMedia } from '../media/attach-media.ts';
import type { MediaProcessor } from '../media/media-processor-gateway.ts';
import type { Sender } from '../messages/deliver-message.ts';
import { type RelayMessageDeps, relayMessage, relayResult } from '../messages/relay-message.ts';
import type { RelayStore } from '../messages/relay-store.ts';
import type { SendFrame } from '../protocol/client-frames.ts';
import type { SendResult } from '../protocol/server-frames.ts';

export type RelayMediaDeps = RelayMessageDeps & {
  readonly relays: Pick<RelayStore, 'find'>;
  readonly processor: MediaProcessor;
};

/** A repeat of what is done gets the first result, though by then the media may have been handed over and be gone. */
export async function relayMedia(
  deps: RelayMediaDeps,
  sender: Sender,
  frame: SendFrame,
): Promise<SendResult> {
  const { conversationId, id } = frame;
  const earlier = await deps.relays.find({ conversationId, id, from: sender.userId });
  if (earlier?.pushed === true) return { ...relayResult({ conversationId, ...earlier }), duplicate: true };
  const request = await attachMedia(deps.processor, sender.userId, frame);
  const result = await relayMessage(deps, sender, request);
  return request.content.type === 'text' ? result : { ...result, media: request.content.media };
}
