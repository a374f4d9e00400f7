import { asBuffer } from '../as-buffer.ts';
import { type IsoBox, isoBoxesAt } from '../cleaning/iso-boxes.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** Six hours at 120 frames a second; a reader makes an object of each. */
const mostSamples = 3_000_000;
/** To find one sample a reader adds up the sizes of all in its chunk: sixty thousand in one chunk, or far more in many. */
const mostSteps = 4_000_000_000;

type Table = { readonly bytes: Buffer; readonly box: IsoBox; readonly columns: number };

/** One column of a table of 32-bit numbers, behind its version, flags and count. */
function column({ bytes, box, columns }: Table, index: number): readonly number[] {
  const rows = bytes.readUInt32BE(box.body + 4);
  const first = box.body + 8;
  refuseUnless(first + rows * columns * 4 <= box.end);
  return Array.from({ length: rows }, (_, row) => bytes.readUInt32BE(first + (row * columns + index) * 4));
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** The samples that a run-length table stands for: eight bytes can claim four billion. */
function refuseRuns(bytes: Buffer, stbl: IsoBox): void {
  const offsets = isoBoxesAt(bytes, stbl, ['ctts']);
  if (offsets.length === 0) return; // without them a reader leaves the runs folded
  for (const box of [...offsets, ...isoBoxesAt(bytes, stbl, ['stts'])])
    refuseUnless(sum(column({ bytes, box, columns: 2 }, 0)) <= mostSamples);
}

/** How many sizes of samples a reader lists; where all are of one size, it lists none. */
function sizesListed(bytes: Buffer, stbl: IsoBox): number {
  const tables = [...isoBoxesAt(bytes, stbl, ['stsz']), ...isoBoxesAt(bytes, stbl, ['stz2'])];
  return sum(
    tables.map(({ type, body }) =>
      type === 'stsz' && bytes.readUInt32BE(body + 4) > 0 ? 0 : bytes.readUInt32BE(body + 8),
    ),
  );
}

/** Chunks that there are not, and samples in a chunk that nobody could add up. */
function refuseChunks(bytes: Buffer, stbl: IsoBox): void {
  const sizes = sizesListed(bytes, stbl);
  refuseUnless(sizes <= mostSamples);
  for (const box of isoBoxesAt(bytes, stbl, ['stsc'])) {
    const table = { bytes, box, columns: 3 };
    for (const chunk of column(table, 0)) refuseUnless(chunk <= mostSamples);
    for (const samples of column(table, 1))
      refuseUnless(samples <= mostSamples && samples * sizes <= mostSteps);
  }
}

/**
 * An MP4 or MOV whose tables claim more than a recording has is refused before a reader unfolds them. The sample tables
 * of ISO/IEC 14496-12:2015: sections 8.5.1 and 8.6.1.
 */
export function refuseSampleBomb(source: Uint8Array): void {
  const bytes = asBuffer(source);
  const file = { type: 'file', start: 0, body: 0, end: bytes.length };
  for (const stbl of isoBoxesAt(bytes, file, ['moov', 'trak', 'mdia', 'minf', 'stbl'])) {
    refuseRuns(bytes, stbl);
    refuseChunks(bytes, stbl);
  }
  const fragments = isoBoxesAt(bytes, file, ['moof', 'traf', 'trun']);
  refuseUnless(sum(fragments.map(({ body }) => bytes.readUInt32BE(body + 4))) <= mostSamples);
}
