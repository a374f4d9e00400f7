import { refuseUnless } from '../refuse-unless.ts';

/** An element of EBML (RFC 8794, July 2020), of which Matroska and WebM are made; one of unknown length (a live recording) ends with what holds it. */
export type EbmlElement = {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
  readonly isOpen: boolean;
};

/** A number that begins with as many zero bits as bytes follow the first. */
function variableLength(bytes: Buffer, at: number): number {
  const length = Math.clz32(bytes.readUInt8(at)) - 23;
  refuseUnless(length <= 8 && at + length <= bytes.length);
  return length;
}

/** A number of variable length without the bit that marks its length; undefined where all bits are set. */
function numberAt(bytes: Buffer, at: number, length: number): number | undefined {
  const high = bytes.readUInt8(at) & (0xff >> length);
  let [value, isUnknown] = [high, high === 0xff >> length];
  for (let place = at + 1; place < at + length; place += 1) {
    const byte = bytes.readUInt8(place);
    value = value * 256 + byte;
    isUnknown &&= byte === 0xff;
  }
  return isUnknown ? undefined : value;
}

/** Such a number and where it ends, as a block begins with that of its track. */
export function ebmlNumberAt(bytes: Buffer, at: number): { readonly value: number; readonly end: number } {
  const length = variableLength(bytes, at);
  return { value: numberAt(bytes, at, length) ?? 0, end: at + length };
}

export function ebmlElementAt(bytes: Buffer, start: number, limit: number): EbmlElement {
  const idLength = variableLength(bytes, start);
  refuseUnless(idLength <= 4);
  const sizeLength = variableLength(bytes, start + idLength);
  const body = start + idLength + sizeLength;
  const size = numberAt(bytes, start + idLength, sizeLength);
  const end = size === undefined ? limit : body + size;
  refuseUnless(body <= limit && end <= limit);
  return { id: bytes.readUIntBE(start, idLength), start, body, end, isOpen: size === undefined };
}

export function ebmlChildren(bytes: Buffer, { body, end }: EbmlElement): readonly EbmlElement[] {
  const children: EbmlElement[] = [];
  for (let at = body; at < end; at = children.at(-1)?.end ?? end)
    children.push(ebmlElementAt(bytes, at, end));
  return children;
}

/** Of at most six bytes, as ids, types and flags are. */
export const ebmlUnsigned = (bytes: Buffer, { body, end }: EbmlElement): number =>
  end > body && end - body <= 6 ? bytes.readUIntBE(body, end - body) : 0;

/** Void of the same length: no position elsewhere in the file changes. */
export function voidElement(bytes: Buffer, { start, end }: EbmlElement): void {
  const total = end - start;
  const sizeLength = total >= 9 ? 8 : 1;
  bytes.fill(0, start, end);
  bytes.writeUInt8(0xec, start);
  if (sizeLength === 8) bytes.writeBigUInt64BE((1n << 56n) | BigInt(total - 9), start + 1);
  else bytes.writeUInt8(0x80 | (total - 2), start + 1);
}
