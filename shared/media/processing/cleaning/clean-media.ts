import type { FormatName } from '../media-types.ts';
import { cleanFlac } from './clean-flac.ts';
import { cleanGif } from './clean-gif.ts';
import { cleanHeif } from './clean-heif.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanMp3 } from './clean-mp3.ts';
import { cleanMp4 } from './clean-mp4.ts';
import { cleanOgg } from './clean-ogg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanWav } from './clean-wav.ts';
import { cleanWebm } from './clean-webm.ts';
import { cleanWebp } from './clean-webp.ts';

/** Everything personal beside pixels and sound is gone, they themselves are untouched: nothing is encoded anew. */
type Clean = (source: Uint8Array, orientation: number) => Uint8Array;

export const cleaners: Readonly<Record<FormatName, Clean>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  gif: cleanGif,
  webp: cleanWebp,
  heic: cleanHeif,
  avif: cleanHeif,
  wav: cleanWav,
  mp3: cleanMp3,
  aac: cleanMp3,
  flac: cleanFlac,
  ogg: cleanOgg,
  mp4: cleanMp4,
  mov: cleanMp4,
  webm: cleanWebm,
};

/** The formats that need Exif to be shown upright; the others are turned by what they are made of. */
export const orientedFormats: ReadonlySet<FormatName> = new Set(['jpeg', 'png', 'webp']);
