import type { MediaKind } from './processed-media.ts';

/** How a format is called, by kind: one container may hold sound alone or a film. Without kinds it is only a file. */
export type MediaFormat = {
  readonly name: FormatName;
  readonly contentTypes: Partial<Record<MediaKind, string>>;
  /** What it is called elsewhere, or, if it is only a file, at all; parameters such as `codecs` are not compared. */
  readonly aliases: readonly string[];
};

type PictureFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'heic' | 'avif' | 'jxl' | 'tiff';
type SoundFormat = 'wav' | 'mp3' | 'aac' | 'flac' | 'ogg' | 'amr' | 'aiff';
type FilmFormat = 'mp4' | 'mov' | 'webm' | 'avi' | 'mpegts';
export type FormatName = PictureFormat | SoundFormat | FilmFormat;

const image = (name: PictureFormat, ...aliases: readonly string[]): MediaFormat => ({
  name,
  contentTypes: { image: `image/${name}` },
  aliases,
});
const audio = (name: SoundFormat, contentType: string, ...aliases: readonly string[]): MediaFormat => ({
  name,
  contentTypes: { audio: contentType },
  aliases,
});
const file = (name: FormatName, ...aliases: readonly string[]): MediaFormat => ({
  name,
  contentTypes: {},
  aliases,
});

/** Everything that is cleaned. */
const mediaFormats: readonly MediaFormat[] = [
  image('jpeg', 'image/jpg', 'image/pjpeg', 'image/jfif'),
  image('png', 'image/apng', 'image/x-png'),
  image('gif'),
  image('webp'),
  image('heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'),
  image('avif', 'image/avif-sequence'),
  file('jxl', 'image/jxl'),
  file('tiff', 'image/tiff', 'image/x-tiff', 'image/tif'),
  audio('wav', 'audio/wav', 'audio/x-wav', 'audio/wave', 'audio/vnd.wave', 'audio/x-pn-wav'),
  audio('mp3', 'audio/mpeg', 'audio/mp3', 'audio/x-mp3', 'audio/x-mpeg', 'audio/mpg', 'audio/mpeg3'),
  audio('aac', 'audio/aac', 'audio/aacp', 'audio/x-aac', 'audio/x-hx-aac-adts'),
  audio('flac', 'audio/flac', 'audio/x-flac'),
  audio(
    'ogg',
    'audio/ogg',
    'audio/opus',
    'application/ogg',
    'audio/vorbis',
    'audio/x-vorbis+ogg',
    'video/ogg',
  ),
  file('amr', 'audio/amr', 'audio/amr-wb'),
  file('aiff', 'audio/aiff', 'audio/x-aiff'),
  {
    name: 'mp4',
    contentTypes: { audio: 'audio/mp4', video: 'video/mp4' },
    aliases: [
      ...['audio/x-m4a', 'audio/m4a', 'audio/x-m4b', 'audio/mp4a-latm', 'video/x-m4v', 'application/mp4'],
      ...['video/3gpp', 'video/3gpp2', 'video/3gp', 'audio/3gpp', 'audio/3gpp2'],
    ],
  },
  { name: 'mov', contentTypes: { video: 'video/quicktime' }, aliases: [] },
  {
    name: 'webm',
    contentTypes: { audio: 'audio/webm', video: 'video/webm' },
    aliases: ['video/matroska', 'video/x-matroska', 'audio/matroska', 'audio/x-matroska'],
  },
  file('avi', 'video/vnd.avi', 'video/x-msvideo', 'video/avi', 'video/msvideo'),
  file('mpegts', 'video/mp2t'),
];

/** A content type without its parameters. */
export const bareType = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase();

/** The format of that content type, under whichever of its names. */
export const formatOf = (contentType: string): MediaFormat | undefined =>
  mediaFormats.find(({ contentTypes, aliases }) =>
    [...Object.values(contentTypes), ...aliases].includes(bareType(contentType)),
  );
