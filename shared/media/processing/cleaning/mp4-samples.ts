import { refuseUnless } from '../refuse-unless.ts';
import { type IsoBox, isoBoxesAt } from './iso-boxes.ts';
import type { Range } from './zero-outside.ts';

/** Rows of 32-bit numbers behind a box's version and flags and its count. */
function rows(bytes: Buffer, box: IsoBox, width: number, first = box.body + 4): Uint32Array {
  const count = bytes.readUInt32BE(first);
  refuseUnless(first + 4 + count * width * 4 <= box.end);
  const numbers = new Uint32Array(count * width);
  for (let index = 0, at = first + 4; index < numbers.length; index += 1, at += 4)
    numbers[index] = bytes.readUInt32BE(at);
  return numbers;
}

function chunkOffsets(bytes: Buffer, stbl: IsoBox): Uint32Array | Float64Array {
  const [short] = isoBoxesAt(bytes, stbl, ['stco']);
  if (short !== undefined) return rows(bytes, short, 1);
  const [long] = isoBoxesAt(bytes, stbl, ['co64']);
  const halves = long === undefined ? new Uint32Array(0) : rows(bytes, long, 2);
  return Float64Array.from(
    { length: halves.length / 2 },
    (_, index) => (halves[index * 2] ?? 0) * 2 ** 32 + (halves[index * 2 + 1] ?? 0),
  );
}

/** One size for all, or the size of each; `stz2` packs them into 4, 8 or 16 bits. Sections 8.7.3.2 and 8.7.3.3. */
function sampleSizes(bytes: Buffer, stbl: IsoBox): number | ArrayLike<number> {
  const [stsz] = isoBoxesAt(bytes, stbl, ['stsz']);
  if (stsz !== undefined) {
    const oneSize = bytes.readUInt32BE(stsz.body + 4);
    return oneSize === 0 ? rows(bytes, stsz, 1, stsz.body + 8) : oneSize;
  }
  const [packed] = isoBoxesAt(bytes, stbl, ['stz2']);
  refuseUnless(packed !== undefined);
  const bits = bytes.readUInt8(packed.body + 7);
  const count = bytes.readUInt32BE(packed.body + 8);
  const first = packed.body + 12;
  refuseUnless([4, 8, 16].includes(bits) && first + Math.ceil((count * bits) / 8) <= packed.end);
  return Array.from({ length: count }, (_, index) => {
    if (bits === 4) return (bytes.readUInt8(first + (index >> 1)) >> (index % 2 === 0 ? 4 : 0)) & 15;
    return bytes.readUIntBE(first + (index * bits) / 8, bits / 8);
  });
}

/**
 * QuickTime counts sound in samples of "one byte" that are none: the sample entry tells how many a frame of all channels
 * has. QuickTime File Format, sound sample descriptions, versions 0 and 1.
 */
function soundFrameBytes(bytes: Buffer, stbl: IsoBox): number {
  const [stsd] = isoBoxesAt(bytes, stbl, ['stsd']);
  if (stsd === undefined || stsd.body + 8 + 36 > stsd.end) return 0;
  const entry = stsd.body + 16;
  const plain = bytes.readUInt16BE(entry + 16) * Math.ceil(bytes.readUInt16BE(entry + 18) / 8);
  if (bytes.readUInt16BE(entry + 8) !== 1 || entry + 44 > stsd.end) return plain;
  return Math.max(plain, bytes.readUInt32BE(entry + 36) / Math.max(1, bytes.readUInt32BE(entry + 28)));
}

/** Where the samples of a track lie in the file, a range for each chunk: the sample tables of ISO/IEC 14496-12:2015. */
export function sampleRanges(bytes: Buffer, track: IsoBox, isSound: boolean): readonly Range[] {
  const [stbl] = isoBoxesAt(bytes, track, ['mdia', 'minf', 'stbl']);
  const [stsc] = stbl ? isoBoxesAt(bytes, stbl, ['stsc']) : [];
  refuseUnless(stbl !== undefined && stsc !== undefined);
  const sizes = sampleSizes(bytes, stbl);
  const oneSize =
    typeof sizes === 'number' && isSound ? Math.max(sizes, soundFrameBytes(bytes, stbl)) : sizes;
  const runs = rows(bytes, stsc, 3);
  const ranges: Range[] = [];
  let run = 0;
  let sample = 0;
  for (const from of chunkOffsets(bytes, stbl)) {
    while ((runs[(run + 1) * 3] ?? Number.POSITIVE_INFINITY) <= ranges.length + 1) run += 1;
    const samples = runs[run * 3 + 1] ?? 0;
    let to = from;
    if (typeof oneSize === 'number') to += Math.ceil(oneSize * samples);
    else
      for (const last = Math.min(sample + samples, oneSize.length); sample < last; sample += 1)
        to += oneSize[sample] ?? 0;
    ranges.push({ from, to });
  }
  return ranges;
}
