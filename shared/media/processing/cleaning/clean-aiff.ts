import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** Format, samples and version: Apple, Audio Interchange File Format 1.3 (January 1989) and AIFF-C (August 1991). */
const kept = new Set(['COMM', 'SSND', 'FVER']);
const headerBytes = 12;

/** Without names, authors, annotations, ID3, markers and whatever follows the file's own end. */
export function cleanAiff(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  refuseUnless(bytes.toString('latin1', 0, 4) === 'FORM');
  const end = Math.min(bytes.length, 8 + bytes.readUInt32BE(4));
  const chunks: Buffer[] = [Buffer.from(bytes.subarray(0, headerBytes))];
  for (let at = headerBytes; at + 8 <= end; ) {
    const length = bytes.readUInt32BE(at + 4);
    const next = at + 8 + length + (length % 2);
    refuseUnless(at + 8 + length <= bytes.length);
    if (kept.has(bytes.toString('latin1', at, at + 4))) chunks.push(bytes.subarray(at, next));
    at = next;
  }
  const file = Buffer.concat(chunks);
  file.writeUInt32BE(file.length - 8, 4);
  return file;
}
