import { ProtocolError } from '../protocol/errors.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import { type ForwardMediaDeps, forwardMedia } from './forward-media.ts';
import type { MediaProcessor } from './media-processor-gateway.ts';

export type AttachMediaDeps = {
  readonly processor: MediaProcessor;
  /** Undefined where nothing is stored that could be forwarded. */
  readonly forward: ForwardMediaDeps | undefined;
};

/** The frame with its media as it was found to be, here or where it was taken from; what brings none is passed on as it is. */
export async function attachMedia(
  { processor, forward }: AttachMediaDeps,
  userId: string,
  { origin, ...frame }: SendFrame,
): Promise<SendRequest> {
  const { id: sendId, conversationId, content } = frame;
  if (!isMediaContent(content)) return { ...frame, content };
  if (origin !== undefined && forward !== undefined)
    return forwardMedia(forward, userId, { ...frame, origin });
  const { posterId, ...kept } = { posterId: undefined, ...content };
  const { mediaId, type: kind } = kept;
  const admission = await processor.finalizeUpload({
    ...{ conversationId, mediaId, kind, userId, sendId },
    ...(posterId !== undefined && { posterId }),
  });
  if (!admission.ok) throw new ProtocolError(admission.code);
  return { ...frame, content: { ...kept, media: admission.media } };
}
