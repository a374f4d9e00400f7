import { refuseUnless } from '../refuse-unless.ts';

const lastFlag = 0x80;
const padding = 1;
const comment = 4;
/** What decoding and seeking need: STREAMINFO (RFC 9639, section 8.2) and SEEKTABLE (8.5). */
export const keptFlacBlocks: readonly number[] = [0, 3];

/** The blocks of metadata in another container, each zeroed where it lies; a comment stays one, empty, since some ask for it. */
export function cleanFlacBlocks(bytes: Buffer, from: number, to: number): void {
  for (let at = from; at + 4 <= to; ) {
    const header = bytes.readUInt8(at);
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    refuseUnless(end <= to);
    const block = header & ~lastFlag;
    if (!keptFlacBlocks.includes(block)) {
      bytes.fill(0, at + 4, end);
      if (block !== comment) bytes.writeUInt8((header & lastFlag) | padding, at);
    }
    at = end;
  }
}
