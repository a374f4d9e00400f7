import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

/**
 * By its first block, STREAMINFO (RFC 9639, section 8.2): 20 bits of sample rate, 8 of format, 36 of how many samples. Read here, since the
 * library's reader of FLAC never ends on a damaged frame.
 */
export function flacDurationMs(source: Uint8Array): number {
  const bytes = asBuffer(source);
  refuseUnless(bytes.toString('latin1', 0, 4) === 'fLaC' && (bytes.readUInt8(4) & 0x7f) === 0);
  const sampleRate = bytes.readUIntBE(18, 3) >> 4;
  const samples = (bytes.readUInt8(21) & 0x0f) * 2 ** 32 + bytes.readUInt32BE(22);
  refuseUnless(sampleRate > 0);
  return Math.round((samples / sampleRate) * 1_000);
}
