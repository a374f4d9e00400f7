import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { jfifHeader } from './jfif-header.ts';
import { orientationTag } from './orientation-tag.ts';

const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const jfif = 0xe0;

/** What the pixels need: tables, frames, scans (C4 to DF), and of the application segments JFIF, ICC and Adobe's colours. */
export function isKeptSegment(marker: number, body: Buffer): boolean {
  const says = (name: string): boolean => body.toString('latin1', 0, name.length) === name;
  if (marker === jfif) return says('JFIF\0');
  if (marker === 0xe2) return says('ICC_PROFILE\0');
  if (marker === 0xee) return says('Adobe');
  return marker >= 0xc0 && marker <= 0xdf;
}

/** Compressed data runs to the next marker; FF00 is a stuffed byte, FFD0 to FFD7 are restarts inside of it. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

function exifSegment(orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), orientationTag(orientation)]);
  return Buffer.concat([Buffer.from([0xff, 0xe1, 0, body.length + 2]), body]);
}

/**
 * Without Exif, XMP, IPTC, comments, previews and whatever follows the image; every pixel's byte as it was. ITU-T T.81
 * (September 1992), Annex B, table B.1: the markers.
 */
export function cleanJpeg(source: Uint8Array, orientation: number): Uint8Array {
  const bytes = asBuffer(source);
  refuseUnless(bytes.readUInt16BE(0) === 0xff00 + startOfImage);
  const kept = [bytes.subarray(0, 2)];
  let tagged = orientation === 1;
  for (let at = 2; ; ) {
    refuseUnless(bytes.readUInt8(at) === 0xff);
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1; // fill bytes may stand before a marker
      continue;
    }
    if (marker === endOfImage) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
    const body = at + 4;
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    refuseUnless(end >= body && end <= bytes.length);
    if (!tagged && marker !== jfif) {
      kept.push(exifSegment(orientation));
      tagged = true;
    }
    const until = marker === startOfScan ? endOfScan(bytes, end) : end;
    if (isKeptSegment(marker, bytes.subarray(body, end))) {
      const segment = bytes.subarray(at, until);
      kept.push(marker === jfif ? jfifHeader(segment) : segment);
    }
    at = until;
  }
}
