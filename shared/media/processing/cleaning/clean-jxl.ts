import { asBuffer } from '../as-buffer.ts';
import { isoBoxes } from './iso-boxes.ts';

const container = Buffer.from('0000000c4a584c200d0a870a', 'hex');
/** Level, codestream in one piece or in several, and where its frames are: ISO/IEC 18181-2:2024, section 9. */
const kept = new Set(['JXL ', 'ftyp', 'jxll', 'jxlc', 'jxlp', 'jxli']);

/**
 * Of JPEG XL the codestream. Exif, XMP, packed boxes and what is needed to make the original JPEG again, comments
 * included, are left out. A bare codestream has no place for them.
 */
export function cleanJxl(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  if (!bytes.subarray(0, container.length).equals(container)) return bytes;
  const boxes = isoBoxes(bytes, 0, bytes.length).filter(({ type }) => kept.has(type));
  return Buffer.concat(boxes.map(({ start, end }) => bytes.subarray(start, end)));
}
