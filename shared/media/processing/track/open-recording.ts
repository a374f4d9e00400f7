import { BufferSource, Input, type InputFormat, MATROSKA, MP3, MP4, OGG, QTFF, WAVE, WEBM } from 'mediabunny';
import type { FormatName } from '../media-types.ts';

const containers: Partial<Record<FormatName, readonly InputFormat[]>> = {
  wav: [WAVE],
  mp3: [MP3],
  ogg: [OGG],
  mp4: [MP4],
  mov: [QTFF],
  webm: [WEBM, MATROSKA],
};

/** The recording as a reader of that one container sees it; dispose of it after use. */
export const openRecording = (source: Uint8Array, name: FormatName): Input =>
  new Input({ source: new BufferSource(source), formats: [...(containers[name] ?? [])] });
