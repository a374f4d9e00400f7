import type { MediaVariant } from '../../protocol/media/frames.ts';
import { isShareable } from './media-id.ts';
import type { MediaKey, MediaRecord } from './media-record.ts';

/** One object of the media of a message. */
export type MediaObject = {
  readonly variant: MediaVariant | 'original';
  readonly contentType: string;
  readonly bytes: Uint8Array;
};

export type MediaVariantName = MediaObject['variant'];

/** All that there can be of one media. */
export const mediaVariantNames: readonly MediaVariantName[] = ['original', 'thumbnail', 'poster'];

/** Media from before there were forwards lies under its conversation, by which an address would name it. */
export function objectPrefix({ conversationId, mediaId }: MediaKey): string {
  return isShareable(mediaId) ? `media/${mediaId}/` : `media/${conversationId}/${mediaId}/`;
}

export function objectKey(key: MediaKey, variant: MediaVariantName): string {
  return `${objectPrefix(key)}${variant}`;
}

export function objectKeys(key: MediaKey): readonly string[] {
  return mediaVariantNames.map((variant) => objectKey(key, variant));
}

/** Where the bytes arrive, which nobody can download: one object, or one for each part. */
export function incomingKeys({ mediaId, parts }: Pick<MediaRecord, 'mediaId' | 'parts'>): readonly string[] {
  return Array.from({ length: parts }, (_, index) => `incoming/${mediaId}/${index + 1}`);
}

/** What a browser shows without running anything of it; everything else is bytes. */
const inert = new Set([
  ...['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/heic', 'image/avif'],
  ...['audio/mpeg', 'audio/mp4', 'audio/aac', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/webm'],
  ...['video/mp4', 'video/webm', 'video/quicktime'],
]);

export function servedAs(contentType: string): string {
  return inert.has(contentType) ? contentType : 'application/octet-stream';
}
