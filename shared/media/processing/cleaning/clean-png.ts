import { crc32, inflateSync } from 'node:zlib';
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

/** Of colours: the largest that printers have is some 3 MB. */
const mostProfileBytes = 4 * 1024 * 1024;

/** A profile that is a bomb, which whoever shows the picture would unfold, is left out. */
function isUnfolded(chunk: Buffer): boolean {
  const packed = chunk.indexOf(0, 8) + 2; // behind its name and the method
  try {
    return inflateSync(chunk.subarray(packed, -4), { maxOutputLength: mostProfileBytes }).length > 0;
  } catch {
    return false;
  }
}

function exifChunk(orientation: number): Buffer {
  const typed = Buffer.concat([Buffer.from('eXIf', 'latin1'), orientationTag(orientation)]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(typed.length - 4, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), chunk.length - 4);
  return chunk;
}

/**
 * Without text, time, Exif and whatever follows the image; the pixels' chunks as they were. W3C, Portable Network
 * Graphics (PNG) Specification, Third Edition, 2025, which took in animation and `eXIf`.
 */
export function cleanPng(source: Uint8Array, orientation: number): Uint8Array {
  const bytes = asBuffer(source);
  const kept = [bytes.subarray(0, signatureBytes)];
  for (let at = signatureBytes; ; ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    refuseUnless(end <= bytes.length);
    const chunk = bytes.subarray(at, end);
    if (keptChunks.has(type) && (type !== 'iCCP' || isUnfolded(chunk))) kept.push(chunk);
    if (type === 'IHDR' && orientation !== 1) kept.push(exifChunk(orientation));
    if (type === 'IEND') return Buffer.concat(kept);
    at = end;
  }
}
