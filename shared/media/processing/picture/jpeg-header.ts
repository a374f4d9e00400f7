import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

const startOfScan = 0xda;
const orientationTag = 0x0112;
/** Tables and arithmetic coding have numbers between those of the frames: ITU-T T.81, table B.1. */
const frames = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf]);

/** Of the first directory of Exif, which is one of TIFF: Exif 2.32, section 4.6.4. Upright where it cannot be read. */
function fromExif(exif: Buffer): number {
  try {
    const isLittle = exif.toString('latin1', 0, 2) === 'II';
    const short = (at: number): number => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
    const first = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
    for (let at = first + 2, left = short(first); left > 0; left -= 1, at += 12)
      if (short(at) === orientationTag) return short(at + 8);
  } catch {
    return 1;
  }
  return 1;
}

export type JpegHeader = { readonly width: number; readonly height: number; readonly orientation: number };

/** What a JPEG says of itself before its first scan; no decoder is asked. */
export function jpegHeader(source: Uint8Array): JpegHeader {
  const bytes = asBuffer(source);
  let orientation = 1;
  let frame: number | undefined;
  for (let at = 2; ; ) {
    refuseUnless(bytes.readUInt8(at) === 0xff);
    const marker = bytes.readUInt8(at + 1);
    if (marker === startOfScan) break;
    const end = marker === 0xff ? at + 1 : at + 2 + bytes.readUInt16BE(at + 2);
    if (frames.has(marker)) frame = at + 5;
    if (marker === 0xe1 && bytes.toString('latin1', at + 4, at + 10) === 'Exif\0\0') {
      const told = fromExif(bytes.subarray(at + 10, end));
      orientation = told >= 1 && told <= 8 ? told : 1;
    }
    at = end;
  }
  refuseUnless(frame !== undefined);
  return { height: bytes.readUInt16BE(frame), width: bytes.readUInt16BE(frame + 2), orientation };
}
