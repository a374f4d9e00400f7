import type { MediaKind } from './processed-media.ts';

/** How a format is called, by kind: one container may hold sound alone or a film. Without kinds it is only a file. */
export type MediaFormat = {
  readonly name: FormatName;
  readonly contentTypes: Partial<Record<MediaKind, string>>;
  /** What it is called elsewhere; parameters such as `codecs` are not compared. */
  readonly aliases: readonly string[];
};

type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'heic' | 'avif';
type RecordingFormat = 'wav' | 'mp3' | 'aac' | 'flac' | 'ogg' | 'mp4' | 'mov' | 'webm';
export type FormatName = PictureFormat | RecordingFormat;

const image = (name: PictureFormat, ...aliases: readonly string[]): MediaFormat => ({
  name,
  contentTypes: { image: `image/${name}` },
  aliases,
});
const audio = (name: RecordingFormat, contentType: string, ...aliases: readonly string[]): MediaFormat => ({
  name,
  contentTypes: { audio: contentType },
  aliases,
});

/** Everything that is cleaned. */
const mediaFormats: readonly MediaFormat[] = [
  image('jpeg', 'image/jpg', 'image/pjpeg'),
  image('png', 'image/apng', 'image/x-png'),
  image('gif'),
  image('webp'),
  image('heic', 'image/heif'),
  { name: 'avif', contentTypes: {}, aliases: ['image/avif'] },
  audio('wav', 'audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave'),
  audio('mp3', 'audio/mpeg', 'audio/mp3', 'audio/x-mp3'),
  audio('aac', 'audio/aac', 'audio/aacp', 'audio/x-aac'),
  audio('flac', 'audio/flac', 'audio/x-flac'),
  audio('ogg', 'audio/ogg', 'audio/opus', 'application/ogg'),
  {
    name: 'mp4',
    contentTypes: { audio: 'audio/mp4', video: 'video/mp4' },
    aliases: ['audio/x-m4a', 'audio/m4a', 'video/x-m4v'],
  },
  { name: 'mov', contentTypes: { video: 'video/quicktime' }, aliases: [] },
  {
    name: 'webm',
    contentTypes: { audio: 'audio/webm', video: 'video/webm' },
    aliases: ['video/matroska', 'video/x-matroska', 'audio/matroska', 'audio/x-matroska'],
  },
];

/** A content type without its parameters. */
export const bareType = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase();

/** The format of that content type, under whichever of its names. */
export const formatOf = (contentType: string): MediaFormat | undefined =>
  mediaFormats.find(({ contentTypes, aliases }) =>
    [...Object.values(contentTypes), ...aliases].includes(bareType(contentType)),
  );
