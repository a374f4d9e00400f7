import { asBuffer } from '../as-buffer.ts';
import { freeBox, type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { freeOtherTracks } from './mp4-tracks.ts';

/** Place, maker, names, whatever an application put there; free space may hold what was deleted. */
const personal = new Set(['udta', 'meta', 'uuid', 'free', 'skip']);
/** An empty list of tags, as FFmpeg writes it into every file: nothing has to go, so nothing is touched. */
const noTags = Buffer.from(
  'udta\0\0\0\u0035meta\0\0\0\0\0\0\0\u0021hdlr\0\0\0\0\0\0\0\0mdirappl\0\0\0\0\0\0\0\0\0\0\0\0\u0008ilst',
  'latin1',
);
const isEmpty = (bytes: Buffer, { start, end }: IsoBox): boolean =>
  bytes.subarray(start + 4, end).equals(noTags);

const parents: Readonly<Record<string, readonly string[]>> = {
  file: ['moov', 'moof'],
  moov: ['trak'],
  moof: ['traf'],
  trak: ['mdia'],
  mdia: ['minf'],
  minf: ['stbl'],
};
/** Headers that tell when it was recorded. */
const dated = new Set(['mvhd', 'tkhd', 'mdhd']);

function forgetTimes(bytes: Buffer, { body }: IsoBox): void {
  bytes.fill(0, body + 4, body + 4 + (bytes.readUInt8(body) === 1 ? 16 : 8));
}

function cleanInside(bytes: Buffer, parent: string, from: number, to: number): void {
  for (const box of isoBoxes(bytes, from, to)) {
    if (isEmpty(bytes, box)) continue;
    if (personal.has(box.type)) freeBox(bytes, box);
    else if (dated.has(box.type)) forgetTimes(bytes, box);
    else if (parents[parent]?.includes(box.type)) cleanInside(bytes, box.type, box.body, box.end);
  }
}

/**
 * Without place, names, times and tracks of sensors, all turned into free space; sound and pictures as they were.
 * ISO/IEC 14496-12:2015, section 8: free space 8.1.2, the headers with times 8.2.2, 8.3.2 and 8.4.2. MOV is read alike,
 * as Apple's QuickTime File Format, from which the ISO format was made.
 */
export function cleanMp4(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(asBuffer(source));
  const file = { type: 'file', start: 0, body: 0, end: bytes.length };
  for (const track of isoBoxesAt(bytes, file, ['moov', 'trak'])) freeOtherTracks(bytes, track);
  cleanInside(bytes, file.type, file.body, file.end);
  return bytes;
}
