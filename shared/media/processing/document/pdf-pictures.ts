import { isKeptSegment } from '../cleaning/clean-jpeg.ts';

const opening = Buffer.from('stream\n\u00ff\u00d8\u00ff', 'latin1');
const openings = [opening, Buffer.from('stream\r\n\u00ff\u00d8\u00ff', 'latin1')];
const startOfScan = 0xda;

/** A JPEG in a PDF is a stream as it came from the camera. What its pixels do not need is zeroed: no length may change. */
export function clearJpegsIn(bytes: Buffer): void {
  for (const each of openings)
    for (let at = bytes.indexOf(each); at >= 0; at = bytes.indexOf(each, at + 1))
      clearSegments(bytes, at + each.length - 1);
}

function clearSegments(bytes: Buffer, from: number): void {
  for (let at = from; at + 4 <= bytes.length && bytes.readUInt8(at) === 0xff; ) {
    const marker = bytes.readUInt8(at + 1);
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (marker === startOfScan || marker < 0xc0 || end > bytes.length) return;
    if (!isKeptSegment(marker, bytes.subarray(at + 4, end))) bytes.fill(0, at + 4, end);
    at = end;
  }
}
