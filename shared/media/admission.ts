import * as z from 'zod';
import { conversationId, frameId, mediaId, mediaKind, userId } from '../protocol/client-frames.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { MediaFacts } from '../protocol/server-frames.ts';

/** Which send asks for which media. */
export const admissionRequest = z.object({
  conversationId,
  mediaId,
  kind: mediaKind,
  userId,
  sendId: frameId,
  /** Of a film: the picture that stands for it. */
  posterId: mediaId.optional(),
});

export type AdmissionRequest = z.infer<typeof admissionRequest>;

export type Admission =
  | { readonly ok: true; readonly media: MediaFacts }
  | { readonly ok: false; readonly code: ErrorCode };
