import { refuseUnless } from '../refuse-unless.ts';
import { withoutTags } from './clean-mp3.ts';
import { keptFlacBlocks } from './flac-blocks.ts';

const lastFlag = 0x80;

/**
 * Without comments, pictures, cue sheets, padding and ID3 around it; every frame as it was. RFC 9639 (December 2024),
 * section 8: the blocks of metadata.
 */
export function cleanFlac(source: Uint8Array): Uint8Array {
  const bytes = withoutTags(source);
  refuseUnless(bytes.toString('latin1', 0, 4) === 'fLaC');
  const kept: Buffer[] = [];
  let at = 4;
  for (let last = false; !last; ) {
    const header = bytes.readUInt8(at);
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    refuseUnless(end <= bytes.length);
    last = (header & lastFlag) !== 0;
    const block = header & ~lastFlag & 0xff;
    if (keptFlacBlocks.includes(block))
      kept.push(Buffer.concat([Buffer.from([block]), bytes.subarray(at + 1, end)]));
    at = end;
  }
  const closing = kept.at(-1);
  refuseUnless(closing !== undefined);
  closing.writeUInt8(closing.readUInt8(0) | lastFlag, 0);
  return Buffer.concat([bytes.subarray(0, 4), ...kept, bytes.subarray(at)]);
}
