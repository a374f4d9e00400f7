import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

export type RiffChunk = { readonly type: string; readonly bytes: Buffer };

const headerBytes = 12;
/** A length that stands in `ds64`, or that a recorder never came back to write. */
const unknownLength = 0xffff_ffff;

/**
 * The chunks of a RIFF file (WAV, WebP), each with its header and padding; what follows the file's own end is left out.
 * IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0, August 1991; for WebP RFC 9649,
 * section 2.3; for RF64 EBU Tech 3306.
 */
export function riffChunks(source: Uint8Array): readonly RiffChunk[] {
  const bytes = asBuffer(source);
  const written = bytes.readUInt32LE(4);
  const end = written === unknownLength ? endOfLong(bytes) : 8 + written;
  refuseUnless(end <= bytes.length + 1);
  return [...chunksIn(bytes, headerBytes, Math.min(end, bytes.length))];
}

const isDs64 = (bytes: Buffer): boolean =>
  bytes.length >= headerBytes + 16 && bytes.toString('latin1', headerBytes, headerBytes + 4) === 'ds64';

/** The length of the whole is the first number of `ds64`; without one the recording goes on to its end. */
const endOfLong = (bytes: Buffer): number =>
  isDs64(bytes) ? Math.min(bytes.length, 8 + Number(bytes.readBigUInt64LE(headerBytes + 8))) : bytes.length;

/** The chunks between two places, as the frames of an animated WebP have some of their own. */
export function* chunksIn(bytes: Buffer, from: number, to: number): Generator<RiffChunk> {
  let longData: number | undefined;
  for (let at = from; at + 8 <= to; ) {
    const type = bytes.toString('latin1', at, at + 4);
    const written = bytes.readUInt32LE(at + 4);
    if (type === 'ds64') longData = Number(bytes.readBigUInt64LE(at + 16));
    const rest = bytes.length - at - 8;
    const length = type === 'data' && written === unknownLength ? Math.min(longData || rest, rest) : written;
    refuseUnless(at + 8 + length <= bytes.length);
    const next = at + 8 + length + (length % 2);
    yield { type, bytes: bytes.subarray(at, next) };
    at = next;
  }
}

/** The file of these chunks, of the same form as the source. */
export function riffFile(source: Uint8Array, chunks: readonly Buffer[]): Uint8Array {
  const file = Buffer.concat([asBuffer(source).subarray(0, headerBytes), ...chunks]);
  const isUnknown = file.readUInt32LE(4) === unknownLength;
  const ds64 = isUnknown ? chunks.findIndex((chunk) => chunk.toString('latin1', 0, 4) === 'ds64') : -1;
  if (ds64 === 0) file.writeBigUInt64LE(BigInt(file.length - 8), headerBytes + 8);
  if (!isUnknown) file.writeUInt32LE(file.length - 8, 4);
  return file;
}
