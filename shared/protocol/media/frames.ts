import * as z from 'zod';
import { action, conversationId, seq } from '../values.ts';
import { partBytes } from './part-bytes.ts';

export const mediaKind = z.enum(['image', 'audio', 'video', 'file']);

const sha256 = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const mostParts = 64;

export const uploadFrame = action('upload', {
  conversationId,
  kind: mediaKind,
  contentType: z.string().regex(/^[a-z0-9][a-z0-9.+-]{0,62}\/[a-z0-9][a-z0-9.+-]{0,62}$/),
  bytes: z
    .number()
    .int()
    .min(1)
    .max(partBytes * mostParts),
  sha256,
  parts: z.array(sha256).min(2).max(mostParts).optional(),
}).refine(
  ({ bytes, parts }) => parts === undefined || parts.length === Math.ceil(bytes / partBytes),
  'a hash for each part',
);

export const mediaVariant = z.enum(['thumbnail', 'poster']);

export const downloadFrame = action('download', {
  conversationId,
  seq,
  variant: mediaVariant.optional(),
  /** Asks for nothing: this connection has the bytes, and will not ask again. */
  received: z.literal(true).optional(),
}).refine(({ variant, received }) => variant === undefined || received === undefined, 'variant or received');

export type UploadFrame = z.infer<typeof uploadFrame>;
export type DownloadFrame = z.infer<typeof downloadFrame>;
export type MediaKind = z.infer<typeof mediaKind>;
export type MediaVariant = z.infer<typeof mediaVariant>;
