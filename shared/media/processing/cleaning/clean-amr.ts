import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

/** Bytes of a frame by its type, its header included: RFC 4867 (April 2007), section 5.3. */
const narrow = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const wide = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];
const openings = [
  { opening: '#!AMR\n', sizes: narrow },
  { opening: '#!AMR-WB\n', sizes: wide },
] as const;

/** The frames of one channel, and nothing that follows them. */
export function cleanAmr(source: Uint8Array): Uint8Array {
  const bytes = asBuffer(source);
  const form = openings.find(({ opening }) => bytes.toString('latin1', 0, opening.length) === opening);
  refuseUnless(form !== undefined);
  let at = form.opening.length;
  while (at < bytes.length) {
    const header = bytes.readUInt8(at);
    const size = form.sizes[(header >> 3) & 15] ?? 0;
    if ((header & 0x83) !== 0 || size === 0 || at + size > bytes.length) break;
    at += size;
  }
  return bytes.subarray(0, at);
}
