import { asBuffer } from '../as-buffer.ts';

const startOfScan = 0xda;
const orientationTag = 0x0112;

/** Of the first directory of Exif, which is one of TIFF: Exif 2.32, section 4.6.4. */
function fromExif(exif: Buffer): number {
  const isLittle = exif.toString('latin1', 0, 2) === 'II';
  const short = (at: number): number => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  const first = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  for (let at = first + 2, left = short(first); left > 0; left -= 1, at += 12)
    if (short(at) === orientationTag) return short(at + 8);
  return 1;
}

/** How a JPEG is turned, by its Exif; upright where there is none that can be read. */
export function jpegOrientation(source: Uint8Array): number {
  const bytes = asBuffer(source);
  try {
    for (let at = 2; bytes.readUInt8(at) === 0xff; ) {
      const marker = bytes.readUInt8(at + 1);
      if (marker === startOfScan) break;
      const end = marker === 0xff ? at + 1 : at + 2 + bytes.readUInt16BE(at + 2);
      if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
        const orientation = fromExif(bytes.subarray(at + 10, end));
        return orientation >= 1 && orientation <= 8 ? orientation : 1;
      }
      at = end;
    }
  } catch {
    return 1;
  }
  return 1;
}
