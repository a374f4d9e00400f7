import { asBuffer } from '../as-buffer.ts';
import { type EndOfFrame, endOfAdtsFrame, endOfMpegFrame } from './mpeg-frames.ts';

const startsWith = (bytes: Buffer, at: number, text: string): boolean =>
  at >= 0 && bytes.toString('latin1', at, at + text.length) === text;

/** ID3v2 before the sound: "ID3 tag version 2.4.0", 1 November 2000, sections 3.1, 3.4 and 6.2; its length has seven bits a byte. */
function startOfSound(bytes: Buffer): number {
  let at = 0;
  while (startsWith(bytes, at, 'ID3')) {
    const footer = (bytes.readUInt8(at + 5) & 0x10) === 0 ? 0 : 10;
    const length = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + (bytes.readUInt8(at + place) & 0x7f), 0);
    at += 10 + length + footer;
  }
  return at;
}

const lyricsBytes = 5_100;

/** Lyrics3: version 2 tells its length before its last word, version 1 has five kilobytes at most. */
function startOfLyrics(bytes: Buffer, end: number): number | undefined {
  if (startsWith(bytes, end - 9, 'LYRICS200')) {
    const start = end - 15 - Number(bytes.toString('latin1', end - 15, end - 9));
    return startsWith(bytes, start, 'LYRICSBEGIN') ? start : undefined;
  }
  if (!startsWith(bytes, end - 9, 'LYRICSEND')) return undefined;
  const from = Math.max(0, end - lyricsBytes - 20);
  const at = bytes.subarray(from, end).lastIndexOf('LYRICSBEGIN');
  return at < 0 ? undefined : from + at;
}

/** ID3v1, Lyrics3 and APE tags after the sound, however many; none has a standard, so what players read counts. */
function endOfSound(bytes: Buffer): number {
  let end = bytes.length;
  for (;;) {
    const lyrics = startOfLyrics(bytes, end);
    if (lyrics !== undefined) end = lyrics;
    else if (startsWith(bytes, end - 128, 'TAG')) end -= 128;
    else if (startsWith(bytes, end - 227, 'TAG+')) end -= 227;
    else if (startsWith(bytes, end - 10, '3DI')) {
      const length = [4, 3, 2, 1].reduce(
        (sum, place) => sum * 128 + (bytes.readUInt8(end - place) & 0x7f),
        0,
      );
      end -= 20 + length; // ID3v2 at the end, told by its footer
    } else if (startsWith(bytes, end - 32, 'APETAGEX')) {
      const header = (bytes.readUInt32LE(end - 12) & 0x8000_0000) === 0 ? 0 : 32;
      end -= Math.max(32, bytes.readUInt32LE(end - 20)) + header;
    } else return Math.max(0, end);
  }
}

/** Without tags around it. */
export const withoutTags = (source: Uint8Array): Buffer => {
  const bytes = asBuffer(source);
  return bytes.subarray(startOfSound(bytes), endOfSound(bytes));
};

/**
 * The frames, and nothing between, before or after them. The last may be cut short. Where two do not follow on each other no
 * frame is seen, since two bytes of anything look like the beginning of one.
 */
function framesOnly(bytes: Buffer, endOfFrame: EndOfFrame): Buffer {
  const kept: Buffer[] = [];
  const isNext = (at: number): boolean => at === bytes.length || endOfFrame(bytes, at) !== undefined;
  let at = 0;
  while (at < bytes.length) {
    const start = at;
    for (
      let end = endOfFrame(bytes, at);
      end !== undefined && at < bytes.length;
      end = endOfFrame(bytes, at)
    ) {
      if (at === start && end < bytes.length && !isNext(end)) break;
      at = Math.min(end, bytes.length);
    }
    if (at > start) kept.push(bytes.subarray(start, at));
    else at = bytes.indexOf(0xff, at + 1);
    if (at < 0) break;
  }
  const [whole] = kept;
  return kept.length === 1 && whole !== undefined ? whole : Buffer.concat(kept);
}

/** A free bit rate tells no length of its frames: then only the tags go. */
const framed =
  (endOfFrame: EndOfFrame) =>
  (source: Uint8Array): Uint8Array => {
    const bytes = withoutTags(source);
    const frames = framesOnly(bytes, endOfFrame);
    return frames.length > 0 ? frames : bytes;
  };

/** Without ID3, Lyrics3 and APE tags and whatever else is no frame: names, comments, pictures, places. */
export const cleanMp3 = framed(endOfMpegFrame);
export const cleanAac = framed(endOfAdtsFrame);
