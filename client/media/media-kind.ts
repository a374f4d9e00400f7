import type { MediaKind } from '../../shared/protocol/media/frames.ts';

const subtypes = {
  image: 'jpeg png gif webp heic heif avif',
  audio:
    'wav x-wav wave vnd.wave mpeg mp3 x-mp3 aac aacp x-aac flac x-flac ogg opus mp4 m4a x-m4a x-m4b 3gpp 3gpp2 webm matroska',
  video: 'mp4 x-m4v 3gpp 3gpp2 quicktime webm matroska x-matroska',
} as const;

const kinds = new Map<string, MediaKind>(
  (['image', 'audio', 'video'] as const).flatMap((kind) =>
    subtypes[kind].split(' ').map((subtype) => [`${kind}/${subtype}`, kind] as const),
  ),
);

/** A picture, sound or video where the server looks into it, and a file where it does not. */
export const mediaKind = (contentType: string): MediaKind =>
  kinds.get(contentType.replace(/;.*/s, '').trim().toLowerCase()) ?? 'file';
