import * as z from 'zod';
import { cleanFileName } from '../media/file-name.ts';
import { mediaKind } from '../media/frames.ts';
import { action, conversationId, isWellFormed, mediaId, position, seq, userId } from '../values.ts';

export const textContent = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1).refine(isWellFormed),
});

/** What is no name at all is refused; others get it as it can be kept everywhere. */
const fileName = z
  .string()
  .regex(/^(?!\.{1,2}$)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}/\\]{1,255}$/u)
  .refine(isWellFormed)
  .transform((name) => cleanFileName(name) || 'file')
  .pipe(z.string().min(1).max(255));
export const mediaContent = z.strictObject({
  type: mediaKind,
  mediaId,
  caption: z.string().min(1).refine(isWellFormed).optional(),
  name: fileName.optional(),
});
const sentMedia = mediaContent.extend({ type: mediaKind.exclude(['video']) });
/** `posterId`: an upload of the kind `image`, a frame of the film that the sender's client has drawn. */
const sentFilm = mediaContent.extend({ type: z.literal('video'), posterId: mediaId.optional() });

export const content = z.discriminatedUnion('type', [textContent, sentMedia, sentFilm]);

export const sendFrame = action('send', {
  conversationId,
  content,
  replyTo: seq.optional(),
  mentions: z.array(userId).max(32).optional(),
});

export const historyFrame = action('history', {
  conversationId,
  after: position.optional(),
  before: seq.optional(),
  limit: z.number().int().min(1).max(100).optional(),
}).refine((frame) => frame.after === undefined || frame.before === undefined, 'after or before, not both');

export type SendFrame = z.infer<typeof sendFrame>;
export type HistoryFrame = z.infer<typeof historyFrame>;
export type Content = z.infer<typeof content>;
