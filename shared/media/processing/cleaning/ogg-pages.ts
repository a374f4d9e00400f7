import { refuseUnless } from '../refuse-unless.ts';

/** Segments of a page and whether the packet in them goes on in the next page of the stream. */
export type OggPage = {
  readonly bytes: Buffer;
  readonly serial: number;
  readonly body: Buffer;
  readonly lacing: Buffer;
  /** Of its stream. */
  readonly isFirst: boolean;
};

const headerBytes = 27;
const capture = 'OggS';

/**
 * The pages of an Ogg file, as views: what is written to a body is written to the file. RFC 3533 (May 2003), section 6.
 */
export function* oggPages(bytes: Buffer): Generator<OggPage> {
  for (let at = 0; at < bytes.length; ) {
    if (bytes.toString('latin1', at, at + 4) !== capture) {
      refuseUnless(at > 0 && !bytes.includes(capture, at)); // it would be damaged; otherwise it is no part of it
      return;
    }
    const start = at + headerBytes + bytes.readUInt8(at + 26);
    const lacing = bytes.subarray(at + headerBytes, start);
    const end = start + lacing.reduce((sum, length) => sum + length, 0);
    refuseUnless(end <= bytes.length);
    yield {
      bytes: bytes.subarray(at, end),
      serial: bytes.readUInt32LE(at + 14),
      body: bytes.subarray(start, end),
      lacing,
      isFirst: (bytes.readUInt8(at + 5) & 2) !== 0,
    };
    at = end;
  }
}

const table = Array.from({ length: 256 }, (_, index) => {
  let sum = index << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0);
  return sum;
});

/** Ogg's own CRC-32: not reflected, over the page with a checksum of zero. */
export function seal({ bytes }: OggPage): void {
  bytes.writeUInt32LE(0, 22);
  let sum = 0;
  for (const byte of bytes) sum = (sum << 8) ^ (table[((sum >>> 24) ^ byte) & 0xff] ?? 0);
  bytes.writeUInt32LE(sum >>> 0, 22);
}
