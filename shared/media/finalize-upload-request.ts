import * as z from 'zod/mini';
import type { ErrorCode } from '../protocol/errors.ts';
import { mediaKind } from '../protocol/media/frames.ts';
import type { MediaFacts } from '../protocol/media/table.ts';
import { conversationId, frameId, mediaId, userId } from '../protocol/values.ts';

/** Which send asks for which media. */
export const finalizeUploadRequest = z.object({
  conversationId,
  mediaId,
  kind: mediaKind,
  userId,
  sendId: frameId,
  /** Of a film: the picture that stands for it. */
  posterId: z.optional(mediaId),
});

export type FinalizeUploadRequest = z.infer<typeof finalizeUploadRequest>;

export type FinalizeUploadResult =
  | { readonly ok: true; readonly media: MediaFacts }
  | { readonly ok: false; readonly code: ErrorCode };
