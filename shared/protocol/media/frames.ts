import * as z from 'zod/mini';
import { action, conversationId, seq } from '../values.ts';
import { partBytes } from './part-bytes.ts';

export const mediaKind = z.enum(['image', 'audio', 'video', 'file']);

const sha256 = z.string().check(z.regex(/^[A-Za-z0-9+/]{43}=$/));
const mostParts = 64;

export const uploadFrame = action('upload', {
  conversationId,
  kind: mediaKind,
  /** As whoever made the file calls it: letter case and parameters (`;codecs=opus`) are ignored. */
  contentType: z
    .string()
    .check(
      z.regex(
        /^[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}\/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}(?: ?;[ -~]{0,255})?$/,
      ),
    ),
  bytes: z.int().check(z.minimum(1), z.maximum(partBytes * mostParts)),
  sha256,
  parts: z.optional(z.array(sha256).check(z.minLength(2), z.maxLength(mostParts))),
}).check(
  z.refine(
    ({ bytes, parts }) => parts === undefined || parts.length === Math.ceil(bytes / partBytes),
    'a hash for each part',
  ),
);

export const mediaVariant = z.enum(['thumbnail', 'poster']);

export const downloadFrame = action('download', {
  conversationId,
  seq,
  variant: z.optional(mediaVariant),
  /** Asks for nothing: this connection has the bytes, and will not ask again. */
  received: z.optional(z.literal(true)),
}).check(
  z.refine(({ variant, received }) => variant === undefined || received === undefined, 'variant or received'),
);

export type UploadFrame = z.infer<typeof uploadFrame>;
export type DownloadFrame = z.infer<typeof downloadFrame>;
export type MediaKind = z.infer<typeof mediaKind>;
export type MediaVariant = z.infer<typeof mediaVariant>;
