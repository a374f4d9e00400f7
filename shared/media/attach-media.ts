import { ProtocolError } from '../protocol/errors.ts';
import type { SendFrame } from '../protocol/messages/frames.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { SendRequest } from '../stores/messages/message.ts';
import type { MediaProcessor } from './media-processor-gateway.ts';

/** The frame with its media as it was found to be; what brings none is passed on as it is. */
export async function attachMedia(
  processor: MediaProcessor,
  userId: string,
  frame: SendFrame,
): Promise<SendRequest> {
  const { id: sendId, conversationId, content } = frame;
  if (!isMediaContent(content)) return { ...frame, content };
  const { posterId, ...kept } = { posterId: undefined, ...content };
  const { mediaId, type: kind } = kept;
  const admission = await processor.finalizeUpload({
    ...{ conversationId, mediaId, kind, userId, sendId },
    ...(posterId !== undefined && { posterId }),
  });
  if (!admission.ok) throw new ProtocolError(admission.code);
  return { ...frame, content: { ...kept, media: admission.media } };
}
