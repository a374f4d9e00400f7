import { orientationTag } from './orientation-tag.ts';
import { chunksIn, type RiffChunk, riffChunks, riffFile } from './riff-chunks.ts';

const keptChunks = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const exifFlag = 0x08;
const xmpFlag = 0x04;

function exifChunk(orientation: number): Buffer {
  const exif = orientationTag(orientation);
  const header = Buffer.from('EXIF\0\0\0\0', 'latin1');
  header.writeUInt32LE(exif.length, 4);
  return Buffer.concat([header, exif]);
}

/** The extended header tells which chunks follow. */
function mended({ type, bytes }: RiffChunk, oriented: boolean): Buffer {
  if (type === 'ANMF') return frame(bytes);
  if (type !== 'VP8X') return bytes;
  const header = Buffer.from(bytes);
  header.writeUInt8((header.readUInt8(8) & ~(exifFlag | xmpFlag)) | (oriented ? exifFlag : 0), 8);
  return header;
}

const frameHeaderBytes = 8 + 16;
const frameChunks = new Set(['ALPH', 'VP8 ', 'VP8L']);

/** A frame of an animation may have chunks of somebody's own, too. */
function frame(bytes: Buffer): Buffer {
  const chunks = [...chunksIn(bytes, frameHeaderBytes, bytes.length)];
  const kept = chunks.filter(({ type }) => frameChunks.has(type));
  if (kept.length === chunks.length) return bytes;
  const clean = Buffer.concat([bytes.subarray(0, frameHeaderBytes), ...kept.map((chunk) => chunk.bytes)]);
  clean.writeUInt32LE(clean.length - 8, 4);
  return clean;
}

/**
 * Without Exif, XMP, unknown chunks and whatever follows the image; the pixels' chunks as they were. RFC 9649 (2024),
 * section 2.7: the extended format.
 */
export function cleanWebp(source: Uint8Array, orientation: number): Uint8Array {
  const oriented = orientation !== 1;
  const kept = riffChunks(source)
    .filter(({ type }) => keptChunks.has(type))
    .map((chunk) => mended(chunk, oriented));
  return riffFile(source, oriented ? [...kept, exifChunk(orientation)] : kept);
}
