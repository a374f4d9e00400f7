import { asBuffer } from '../as-buffer.ts';
import { keepPrimaryPicture } from './heif-meta.ts';
import { freeBox } from './iso-boxes.ts';
import { isoFile, pictureMeta, tracksOf } from './iso-file.ts';
import { keepListed } from './mp4-boxes.ts';
import { handlerOf, keepTracks } from './mp4-tracks.ts';
import { type Range, zeroOutside } from './zero-outside.ts';

const keptBoxes = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'sidx', 'ssix', 'mfra', 'pdin']);
const recordings = new Set(['vide', 'soun']);
const sequences = new Set(['pict']);

/**
 * MP4, MOV, 3GP, HEIC, AVIF and whatever else is made of these boxes, told by its boxes and not by its brand. Picture and
 * sound stay as they were, and where they were: of the file, a film and its tracks only listed boxes are kept, of a HEIF
 * only what its primary picture needs; the rest is turned into free space, and what no kept track or item points to into
 * zeros. ISO/IEC 14496-12:2015 and Apple's QuickTime File Format, from which it was made.
 */
export function cleanIso(source: Uint8Array): Uint8Array {
  const whole = asBuffer(source);
  const file = isoFile(whole);
  const bytes = whole.subarray(0, file.at(-1)?.end ?? 0);
  const meta = pictureMeta(bytes, file);
  const ranges: Range[] = meta === undefined ? [] : [...keepPrimaryPicture(bytes, meta)];
  const handlers = meta === undefined ? recordings : sequences;
  const hasTracks = tracksOf(bytes, file).some((track) => handlers.has(handlerOf(bytes, track)));
  ranges.push(...keepTracks(bytes, file, handlers));
  for (const box of file) {
    const isFilm = box.type === 'moov' || box.type === 'moof' || box.type === 'mfra';
    if (box === meta) continue;
    if (!keptBoxes.has(box.type) || (isFilm && !hasTracks)) freeBox(bytes, box);
    else if (box.type === 'mdat') zeroOutside(bytes, ranges, { from: box.body, to: box.end });
    else keepListed(bytes, box);
  }
  return bytes;
}
