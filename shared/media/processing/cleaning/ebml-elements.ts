import { refuseUnless } from '../refuse-unless.ts';

/** An element of EBML (RFC 8794, July 2020), of which Matroska and WebM are made; one of unknown length (a live recording) ends with what holds it. */
export type EbmlElement = {
  readonly id: number;
  readonly start: number;
  readonly body: number;
  readonly end: number;
};

/** A number that begins with as many zero bits as bytes follow the first. */
function variableLength(bytes: Buffer, at: number): number {
  const length = Math.clz32(bytes.readUInt8(at)) - 23;
  refuseUnless(length <= 8 && at + length <= bytes.length);
  return length;
}

function sizeAt(bytes: Buffer, at: number, length: number): number | undefined {
  const written =
    length === 8 ? bytes.readBigUInt64BE(at) : BigInt(bytes.readUIntBE(at, Math.min(length, 6)));
  const whole = length === 7 ? (written << 8n) | BigInt(bytes.readUInt8(at + 6)) : written;
  const mask = (1n << BigInt(7 * length)) - 1n;
  return (whole & mask) === mask ? undefined : Number(whole & mask);
}

export function ebmlElementAt(bytes: Buffer, start: number, limit: number): EbmlElement {
  const idLength = variableLength(bytes, start);
  refuseUnless(idLength <= 4);
  const sizeLength = variableLength(bytes, start + idLength);
  const body = start + idLength + sizeLength;
  const size = sizeAt(bytes, start + idLength, sizeLength);
  const end = size === undefined ? limit : body + size;
  refuseUnless(body <= limit && end <= limit);
  return { id: bytes.readUIntBE(start, idLength), start, body, end };
}

/** Void of the same length: no position elsewhere in the file changes. */
export function voidElement(bytes: Buffer, { start, end }: EbmlElement): void {
  const total = end - start;
  const sizeLength = total >= 9 ? 8 : 1;
  bytes.fill(0, start, end);
  bytes.writeUInt8(0xec, start);
  if (sizeLength === 8) bytes.writeBigUInt64BE((1n << 56n) | BigInt(total - 9), start + 1);
  else bytes.writeUInt8(0x80 | (total - 2), start + 1);
}
