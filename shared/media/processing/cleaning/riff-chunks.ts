import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

export type RiffChunk = { readonly type: string; readonly bytes: Buffer };

const headerBytes = 12;

/**
 * The chunks of a RIFF file (WAV, WebP), each with its header and padding; what follows the file's own end is left out.
 * IBM and Microsoft, Multimedia Programming Interface and Data Specifications 1.0, August 1991; for WebP RFC 9649,
 * section 2.3.
 */
export function riffChunks(source: Uint8Array): readonly RiffChunk[] {
  const bytes = asBuffer(source);
  const end = 8 + bytes.readUInt32LE(4);
  refuseUnless(end <= bytes.length + 1);
  const chunks: RiffChunk[] = [];
  for (let at = headerBytes; at + 8 <= Math.min(end, bytes.length); ) {
    const length = bytes.readUInt32LE(at + 4);
    refuseUnless(at + 8 + length <= bytes.length);
    const next = at + 8 + length + (length % 2);
    chunks.push({ type: bytes.toString('latin1', at, at + 4), bytes: bytes.subarray(at, next) });
    at = next;
  }
  return chunks;
}

/** The file of these chunks, of the same form as the source. */
export function riffFile(source: Uint8Array, chunks: readonly Buffer[]): Uint8Array {
  const file = Buffer.concat([asBuffer(source).subarray(0, headerBytes), ...chunks]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}
