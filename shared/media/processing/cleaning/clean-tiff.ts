import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { type Range, zeroOutside } from './zero-outside.ts';

/**
 * How pixels are laid out, packed, coloured and turned: TIFF 6.0 (June 1992), sections 8 and 13 to 23, the technical notes
 * after it, and the colour profile.
 */
const kept = new Set([
  ...[
    254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284,
  ],
  ...[
    286, 287, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321, 322, 323, 324, 325, 332, 334, 336,
  ],
  ...[338, 339, 340, 341, 342, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532, 34_675],
]);
/** Where pixels are, and how many bytes of them: strips, tiles, a JPEG of old. */
const places = [
  [273, 279],
  [324, 325],
  [513, 514],
] as const;
const valueBytes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
const mostPages = 10_000;

type Numbers = {
  readonly short: (at: number) => number;
  readonly long: (at: number) => number;
  readonly writeCount: (at: number, count: number) => void;
  readonly at: (at: number, size: number) => number;
};

/** Both orders of bytes, and BigTIFF's numbers of eight. */
function numbers(bytes: Buffer): Numbers & { readonly isBig: boolean } {
  const little = bytes.toString('latin1', 0, 2) === 'II';
  refuseUnless(little || bytes.toString('latin1', 0, 2) === 'MM');
  const short = (at: number): number => (little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const long = (at: number): number => (little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const far = (at: number): number => Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
  const version = short(2);
  refuseUnless(version === 42 || version === 43);
  const isBig = version === 43;
  return {
    isBig,
    short,
    long: isBig ? far : long,
    at: (at, size) =>
      size === 8 ? far(at) : size === 4 ? long(at) : size === 2 ? short(at) : bytes.readUInt8(at),
    writeCount: (at, count) => {
      if (isBig && little) bytes.writeBigUInt64LE(BigInt(count), at);
      else if (isBig) bytes.writeBigUInt64BE(BigInt(count), at);
      else if (little) bytes.writeUInt16LE(count, at);
      else bytes.writeUInt16BE(count, at);
    },
  };
}

type Field = { readonly tag: number; readonly value: Range; readonly size: number; readonly count: number };

/**
 * The pages of a TIFF with their pixels and what these need; every other field is taken out of its directory, and what no
 * kept field points to is zeroed where it lies: Exif, places, XMP, IPTC, names, dates, layers, previews.
 */
export function cleanTiff(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const read = numbers(bytes);
  const [entryBytes, inline, countBytes] = read.isBig ? [20, 8, 8] : [12, 4, 2];
  const ranges: Range[] = [{ from: 0, to: read.isBig ? 16 : 8 }];
  const seen = new Set<number>();
  const fieldAt = (at: number): Field => {
    const size = valueBytes[read.short(at + 2)] ?? 0;
    const count = read.long(at + 4);
    const from = size * count <= inline ? at + entryBytes - inline : read.long(at + entryBytes - inline);
    refuseUnless(from + size * count <= bytes.length);
    return { tag: read.short(at), value: { from, to: from + size * count }, size, count };
  };
  const valuesOf = (field: Field | undefined): readonly number[] =>
    field === undefined || ![1, 2, 4, 8].includes(field.size)
      ? []
      : Array.from({ length: field.count }, (_, index) =>
          read.at(field.value.from + index * field.size, field.size),
        );
  for (let at = read.long(read.isBig ? 8 : 4); at > 0; ) {
    refuseUnless(!seen.has(at) && seen.size < mostPages);
    seen.add(at);
    const count = read.isBig ? read.long(at) : read.short(at);
    const first = at + countBytes;
    const end = first + count * entryBytes;
    refuseUnless(end + inline <= bytes.length);
    const next = read.long(end);
    const entries = Array.from({ length: count }, (_, index) => first + index * entryBytes).filter((entry) =>
      kept.has(read.short(entry)),
    );
    const fields = entries.map(fieldAt);
    const left = Buffer.concat(entries.map((entry) => bytes.subarray(entry, entry + entryBytes)));
    const link = Buffer.from(bytes.subarray(end, end + inline));
    const values = (tag: number): readonly number[] => valuesOf(fields.find((field) => field.tag === tag));
    for (const [where, howMany] of places) {
      const lengths = values(howMany);
      for (const [index, from] of values(where).entries())
        ranges.push({ from, to: from + (lengths[index] ?? 0) });
    }
    const isMoved = entries.length < count;
    const directory = { from: at, to: at + countBytes + left.length + inline };
    // What lies inside of its entry moves with it.
    ranges.push(
      directory,
      ...fields.map(({ value }) => value).filter(({ from }) => from < first || from >= end),
    );
    if (isMoved) {
      bytes.fill(0, first, end + inline);
      read.writeCount(at, entries.length);
      left.copy(bytes, first);
      link.copy(bytes, first + left.length);
    }
    at = next;
  }
  zeroOutside(bytes, ranges, { from: 0, to: bytes.length });
  return bytes;
}
