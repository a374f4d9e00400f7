import type { FormatName } from '../media-types.ts';
import { cleanAiff } from './clean-aiff.ts';
import { cleanAmr } from './clean-amr.ts';
import { cleanAvi } from './clean-avi.ts';
import { cleanFlac } from './clean-flac.ts';
import { cleanGif } from './clean-gif.ts';
import { cleanIso } from './clean-iso.ts';
import { cleanJpeg } from './clean-jpeg.ts';
import { cleanJxl } from './clean-jxl.ts';
import { cleanAac, cleanMp3 } from './clean-mp3.ts';
import { cleanMpegts } from './clean-mpegts.ts';
import { cleanOgg } from './clean-ogg.ts';
import { cleanPng } from './clean-png.ts';
import { cleanTiff } from './clean-tiff.ts';
import { cleanWav } from './clean-wav.ts';
import { cleanWebm } from './clean-webm.ts';
import { cleanWebp } from './clean-webp.ts';

/**
 * Everything personal beside pixels and sound is gone, they themselves are untouched: nothing is encoded anew. Takes the source
 * over: formats in which everything keeps its place are cleaned where they are, since a film twice is 200 MB.
 */
type Clean = (source: Uint8Array, orientation: number) => Uint8Array;

export const cleaners: Readonly<Record<FormatName, Clean>> = {
  jpeg: cleanJpeg,
  png: cleanPng,
  gif: cleanGif,
  webp: cleanWebp,
  heic: cleanIso,
  avif: cleanIso,
  jxl: cleanJxl,
  tiff: cleanTiff,
  wav: cleanWav,
  mp3: cleanMp3,
  aac: cleanAac,
  flac: cleanFlac,
  ogg: cleanOgg,
  amr: cleanAmr,
  aiff: cleanAiff,
  mp4: cleanIso,
  mov: cleanIso,
  webm: cleanWebm,
  avi: cleanAvi,
  mpegts: cleanMpegts,
};

/** The formats that need Exif to be shown upright; the others are turned by what they are made of. */
export const orientedFormats: ReadonlySet<FormatName> = new Set(['jpeg', 'png', 'webp']);
