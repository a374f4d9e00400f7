import { refuseUnless } from '../refuse-unless.ts';
import { type IsoBox, isoBoxesAt } from './iso-boxes.ts';

type Range = { readonly from: number; readonly to: number };

/** Rows of 32-bit numbers behind a box's version and flags and its count. */
function rows(bytes: Buffer, box: IsoBox, width: number, first = box.body + 4): readonly number[] {
  const count = bytes.readUInt32BE(first);
  refuseUnless(first + 4 + count * width * 4 <= box.end);
  return Array.from({ length: count * width }, (_, index) => bytes.readUInt32BE(first + 4 + index * 4));
}

function chunkOffsets(bytes: Buffer, stbl: IsoBox): readonly number[] {
  const [short] = isoBoxesAt(bytes, stbl, ['stco']);
  if (short !== undefined) return rows(bytes, short, 1);
  const [long] = isoBoxesAt(bytes, stbl, ['co64']);
  const halves = long === undefined ? [] : rows(bytes, long, 2);
  return halves.flatMap((high, index) => (index % 2 === 0 ? high * 2 ** 32 + (halves[index + 1] ?? 0) : []));
}

/** Where the samples of a track lie in the file, a range for each chunk: the sample tables of ISO/IEC 14496-12:2015. */
export function sampleRanges(bytes: Buffer, track: IsoBox): readonly Range[] {
  const [stbl] = isoBoxesAt(bytes, track, ['mdia', 'minf', 'stbl']);
  const [stsz] = stbl ? isoBoxesAt(bytes, stbl, ['stsz']) : [];
  const [stsc] = stbl ? isoBoxesAt(bytes, stbl, ['stsc']) : [];
  refuseUnless(stbl !== undefined && stsz !== undefined && stsc !== undefined);
  const oneSize = bytes.readUInt32BE(stsz.body + 4);
  const sizes = oneSize === 0 ? rows(bytes, stsz, 1, stsz.body + 8) : [];
  const runs = rows(bytes, stsc, 3);
  let run = 0;
  let sample = 0;
  return chunkOffsets(bytes, stbl).map((from, chunk) => {
    while ((runs[(run + 1) * 3] ?? Number.POSITIVE_INFINITY) <= chunk + 1) run += 1;
    const samples = runs[run * 3 + 1] ?? 0;
    const chunkSizes = sizes.slice(sample, sample + samples);
    sample += samples;
    const length = oneSize === 0 ? chunkSizes.reduce((sum, size) => sum + size, 0) : oneSize * samples;
    return { from, to: from + length };
  });
}
