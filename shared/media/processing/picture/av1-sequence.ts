import { refuseUnless } from '../refuse-unless.ts';
import { type BitReader, bitReader } from './bit-reader.ts';

type Size = { readonly width: number; readonly height: number };

/** Open bitstream units: AV1 Bitstream & Decoding Process Specification (2019), section 6.2.2. */
const sequenceHeader = 1;

/**
 * The largest frame that a decoder makes room for, by each sequence header in these bytes, whatever the file around them says.
 * Sections 5.3 to 5.5 of the specification.
 */
export function av1FrameSizes(bytes: Uint8Array): readonly Size[] {
  const sizes: Size[] = [];
  for (let at = 0; at < bytes.length; ) {
    const header = bytes[at] ?? 0;
    at += (header & 4) === 0 ? 1 : 2;
    const length = (header & 2) === 0 ? { value: bytes.length - at, next: at } : leb128(bytes, at);
    at = length.next + length.value;
    refuseUnless(at <= bytes.length);
    if (((header >> 3) & 15) === sequenceHeader)
      sizes.push(frameSize(bitReader(bytes.subarray(length.next, at))));
  }
  return sizes;
}

function leb128(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let index = 0; index < 8; index += 1) {
    const byte = bytes[from + index] ?? 0;
    value += (byte & 127) * 2 ** (7 * index);
    if (byte < 128) return { value, next: from + index + 1 };
  }
  return { value, next: from + 8 };
}

function frameSize({ take }: BitReader): Size {
  take(4);
  if (take(1) === 1) take(5);
  else skipOperatingPoints(take);
  const [widthBits, heightBits] = [take(4) + 1, take(4) + 1];
  return { width: take(widthBits) + 1, height: take(heightBits) + 1 };
}

function skipOperatingPoints(take: BitReader['take']): void {
  const delayBits = take(1) === 1 ? skipTiming(take) : 0;
  const hasDisplayDelay = take(1) === 1;
  for (let points = take(5); points >= 0; points -= 1) {
    take(12);
    if (take(5) > 7) take(1);
    if (delayBits > 0 && take(1) === 1) {
      take(delayBits);
      take(delayBits);
      take(1);
    }
    if (hasDisplayDelay && take(1) === 1) take(4);
  }
}

/** How many bits a delay of the decoder model has; none, if there is no model. */
function skipTiming(take: BitReader['take']): number {
  take(32);
  take(32);
  if (take(1) === 1) {
    let zeros = 0;
    while (zeros < 32 && take(1) === 0) zeros += 1;
    take(Math.min(zeros, 31));
  }
  if (take(1) === 0) return 0;
  const delayBits = take(5) + 1;
  take(32);
  take(10);
  return delayBits;
}
