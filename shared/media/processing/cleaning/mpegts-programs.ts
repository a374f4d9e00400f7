import { refuseUnless } from '../refuse-unless.ts';

/** A table of programs, and where the packet that it is in ends. */
export type TsSection = { readonly start: number; readonly end: number; readonly limit: number };

/** Pictures and sound, by ISO/IEC 13818-1:2019, table 2-34, and as ATSC, discs and SMPTE number theirs. */
const pictures = [0x01, 0x02, 0x10, 0x1b, 0x20, 0x21, 0x24, 0x33, 0x42, 0xd1, 0xea];
const sounds = [0x03, 0x04, 0x0f, 0x11, 0x1c, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87];
const shown = new Set([...pictures, ...sounds]);
const privateData = 0x06;
/** Which format, which language, which sound: of private data only these tell that it is sound. */
const privateSounds = new Set([0x6a, 0x7a, 0x7b, 0x7c, 0x81]);
const keptDescriptors = new Set([0x02, 0x03, 0x05, 0x0a, 0x28, 0x2a, 0x2b, 0x38, 0x7f, ...privateSounds]);
/** Opus has no number of its own but this registration. */
const opus = Buffer.from('\u0005\u0004Opus', 'latin1');

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let sum = index << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0);
  return sum;
});
const crc = (bytes: Buffer): number =>
  bytes.reduce((sum, byte) => (sum << 8) ^ (crcTable[((sum >>> 24) ^ byte) & 0xff] ?? 0), -1) >>> 0;

function descriptors(bytes: Buffer): readonly Buffer[] {
  const all: Buffer[] = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const end = at + 2 + bytes.readUInt8(at + 1);
    refuseUnless(end <= bytes.length);
    all.push(bytes.subarray(at, end));
    at = end;
  }
  return all;
}
const listed = (bytes: Buffer): Buffer =>
  Buffer.concat(descriptors(bytes).filter((one) => keptDescriptors.has(one.readUInt8(0))));

const withLength = (length: number): Buffer => {
  const field = Buffer.alloc(2);
  field.writeUInt16BE(0xf000 | length, 0);
  return field;
};

const isShown = (type: number, about: Buffer): boolean =>
  shown.has(type) ||
  (type === privateData &&
    descriptors(about).some((one) => privateSounds.has(one.readUInt8(0)) || one.equals(opus)));

/** Rewrites a table of a program to its pictures and sound; answers their streams. Sections 2.4.4.8 and 2.4.4.9. */
export function keepProgram(bytes: Buffer, { start, end, limit }: TsSection): readonly number[] {
  const about = bytes.readUInt16BE(start + 10) & 0xfff;
  refuseUnless(bytes.readUInt8(start) === 2 && start + 12 + about <= end - 4);
  const program = listed(bytes.subarray(start + 12, start + 12 + about));
  const kept: Buffer[] = [bytes.subarray(start, start + 10), withLength(program.length), program];
  const streams: number[] = [];
  for (let at = start + 12 + about; at + 5 <= end - 4; ) {
    const next = at + 5 + (bytes.readUInt16BE(at + 3) & 0xfff);
    refuseUnless(next <= end - 4);
    const own = bytes.subarray(at + 5, next);
    if (isShown(bytes.readUInt8(at), own)) {
      const left = listed(own);
      kept.push(bytes.subarray(at, at + 3), withLength(left.length), left);
      streams.push(bytes.readUInt16BE(at + 1) & 0x1fff);
    }
    at = next;
  }
  const section = Buffer.concat([...kept, Buffer.alloc(4)]);
  section.writeUInt16BE((section.readUInt16BE(1) & 0xf000) | (section.length - 3), 1);
  section.writeUInt32BE(crc(section.subarray(0, -4)), section.length - 4);
  bytes.fill(0xff, start, limit);
  section.copy(bytes, start);
  return streams;
}
