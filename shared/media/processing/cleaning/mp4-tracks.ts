import { refuseUnless } from '../refuse-unless.ts';
import { freeBox, type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { sampleRanges } from './mp4-samples.ts';

const kept = new Set(['vide', 'soun', 'subt', 'sbtl', 'text', 'clcp']);

const handlerOf = (bytes: Buffer, track: IsoBox): string => {
  const [handler] = isoBoxesAt(bytes, track, ['mdia', 'hdlr']);
  refuseUnless(handler !== undefined);
  return bytes.toString('latin1', handler.body + 8, handler.body + 12);
};

/** By its handler (ISO/IEC 14496-12:2015, section 8.4.3). A track of places, faces or motion (cameras and phones write them) is freed, its samples zeroed where they lie. */
export function freeOtherTracks(bytes: Buffer, track: IsoBox): void {
  if (kept.has(handlerOf(bytes, track))) return;
  const fragmented = isoBoxes(bytes, 0, bytes.length).some(({ type }) => type === 'moof');
  refuseUnless(!fragmented); // its samples are not in the table then
  const ranges = sampleRanges(bytes, track);
  refuseUnless(ranges.reduce((sum, { from, to }) => sum + to - from, 0) <= bytes.length);
  for (const { from, to } of ranges) bytes.fill(0, from, to);
  freeBox(bytes, track);
}
