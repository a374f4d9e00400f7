import { refuseUnless } from '../refuse-unless.ts';
import { type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import type { Range } from './zero-outside.ts';

/** The track of a fragment, by its number. */
export const fragmentTrack = (bytes: Buffer, traf: IsoBox): number => {
  const [tfhd] = isoBoxesAt(bytes, traf, ['tfhd']);
  refuseUnless(tfhd !== undefined);
  return bytes.readUInt32BE(tfhd.body + 4);
};

/** The sizes that samples have where a fragment says nothing: ISO/IEC 14496-12:2015, section 8.8.3. */
function usualSizes(bytes: Buffer, moov: IsoBox | undefined): ReadonlyMap<number, number> {
  const trexes = moov === undefined ? [] : isoBoxesAt(bytes, moov, ['mvex', 'trex']);
  return new Map(
    trexes.map(({ body }) => [bytes.readUInt32BE(body + 4), bytes.readUInt32BE(body + 16)] as const),
  );
}

type Run = { readonly offset: number | undefined; readonly length: number };

/** Section 8.8.8: which columns a run of samples has is told by its flags. */
function runAt(bytes: Buffer, { body, end }: IsoBox, usualSize: number): Run {
  const flags = bytes.readUIntBE(body + 1, 3);
  const count = bytes.readUInt32BE(body + 4);
  let at = body + 8;
  const offset = flags & 1 ? bytes.readInt32BE(at) : undefined;
  at += (flags & 1 ? 4 : 0) + (flags & 4 ? 4 : 0);
  const columns = [0x100, 0x200, 0x400, 0x800].filter((flag) => flags & flag);
  refuseUnless(at + count * columns.length * 4 <= end);
  if (!(flags & 0x200)) return { offset, length: count * usualSize };
  let length = 0;
  for (let row = 0, size = at + (flags & 0x100 ? 4 : 0); row < count; row += 1, size += columns.length * 4)
    length += bytes.readUInt32BE(size);
  return { offset, length };
}

/** Where the samples of the kept tracks lie that only fragments tell of. Sections 8.8.7 and 8.8.8. */
export function fragmentRanges(
  bytes: Buffer,
  file: readonly IsoBox[],
  isKept: (track: number) => boolean,
): readonly Range[] {
  const usual = usualSizes(
    bytes,
    file.find(({ type }) => type === 'moov'),
  );
  const ranges: Range[] = [];
  for (const moof of file.filter(({ type }) => type === 'moof')) {
    let ended = moof.start;
    for (const traf of isoBoxes(bytes, moof.body, moof.end).filter(({ type }) => type === 'traf')) {
      const [tfhd] = isoBoxesAt(bytes, traf, ['tfhd']);
      refuseUnless(tfhd !== undefined);
      const flags = bytes.readUIntBE(tfhd.body + 1, 3);
      const track = fragmentTrack(bytes, traf);
      const sizeAt = tfhd.body + 8 + (flags & 1 ? 8 : 0) + (flags & 2 ? 4 : 0) + (flags & 8 ? 4 : 0);
      const usualSize = flags & 0x10 ? bytes.readUInt32BE(sizeAt) : (usual.get(track) ?? 0);
      const explicit = flags & 1 ? Number(bytes.readBigUInt64BE(tfhd.body + 8)) : undefined;
      const base = explicit ?? (flags & 0x2_0000 ? moof.start : ended);
      ended = base;
      for (const trun of isoBoxesAt(bytes, traf, ['trun'])) {
        const { offset, length } = runAt(bytes, trun, usualSize);
        const from = offset === undefined ? ended : base + offset;
        ended = from + length;
        if (isKept(track)) ranges.push({ from, to: ended });
      }
    }
  }
  return ranges;
}
