import { asBuffer } from '../as-buffer.ts';
import { type IsoBox, isoBoxesAt } from '../cleaning/iso-boxes.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** Six hours at 120 frames a second; a reader makes an object of each. */
const mostSamples = 3_000_000;
const rowBytes = 8;

/** The samples that a run-length table (`stts`, `ctts`) stands for: eight bytes can claim four milliard. */
function samplesIn(bytes: Buffer, table: IsoBox): number {
  const rows = bytes.readUInt32BE(table.body + 4);
  refuseUnless(table.body + 8 + rows * rowBytes <= table.end);
  let samples = 0;
  for (let row = 0; row < rows; row += 1) samples += bytes.readUInt32BE(table.body + 8 + row * rowBytes);
  return samples;
}

/** An MP4 or MOV whose tables claim more samples than a recording has is refused before a reader unfolds them. */
export function refuseSampleBomb(source: Uint8Array): void {
  const bytes = asBuffer(source);
  const file = { type: 'file', start: 0, body: 0, end: bytes.length };
  for (const stbl of isoBoxesAt(bytes, file, ['moov', 'trak', 'mdia', 'minf', 'stbl'])) {
    const offsets = isoBoxesAt(bytes, stbl, ['ctts']);
    if (offsets.length === 0) continue; // without them a reader leaves the runs folded
    for (const table of [...offsets, ...isoBoxesAt(bytes, stbl, ['stts'])])
      refuseUnless(samplesIn(bytes, table) <= mostSamples);
  }
  const fragments = isoBoxesAt(bytes, file, ['moof', 'traf', 'trun']);
  refuseUnless(fragments.reduce((sum, { body }) => sum + bytes.readUInt32BE(body + 4), 0) <= mostSamples);
}
