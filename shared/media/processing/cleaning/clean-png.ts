import { crc32 } from 'node:zlib';
import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { orientationTag } from './orientation-tag.ts';

const signatureBytes = 8;
/** Pixels, palette, colour space, size and animation; everything else is text, time, Exif or somebody's own. */
const keptChunks = new Set(
  'IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(
    ' ',
  ),
);

function exifChunk(orientation: number): Buffer {
  const typed = Buffer.concat([Buffer.from('eXIf', 'latin1'), orientationTag(orientation)]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(typed.length - 4, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), chunk.length - 4);
  return chunk;
}

/** Without text, time, Exif and whatever follows the image; the pixels' chunks as they were. */
export function cleanPng(source: Uint8Array, orientation: number): Uint8Array {
  const bytes = asBuffer(source);
  const kept = [bytes.subarray(0, signatureBytes)];
  for (let at = signatureBytes; ; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    refuseUnless(end <= bytes.length);
    if (keptChunks.has(type)) kept.push(bytes.subarray(at, end));
    if (type === 'IHDR' && orientation !== 1) kept.push(exifChunk(orientation));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}
