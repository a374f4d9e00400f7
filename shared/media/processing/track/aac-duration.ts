import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';

const headerBytes = 7;
const samplesInBlock = 1_024;
const sampleRates = [
  96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
];

/**
 * By its frames (ADTS: ISO/IEC 14496-3:2009, table 1.A.5), each with its length of 13 bits and its blocks of samples. Read here, since the library's reader
 * never ends on a frame of no length.
 */
export function aacDurationMs(source: Uint8Array): number {
  const bytes = asBuffer(source);
  const sampleRate = sampleRates[(bytes.readUInt8(2) >> 2) & 15];
  refuseUnless(sampleRate !== undefined);
  let blocks = 0;
  for (let at = 0; at + headerBytes <= bytes.length; ) {
    if ((bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) break;
    const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
    refuseUnless(length >= headerBytes);
    if (at + length > bytes.length) break; // a recording may be cut short
    blocks += (bytes.readUInt8(at + 6) & 3) + 1;
    at += length;
  }
  return Math.round((blocks * samplesInBlock * 1_000) / sampleRate);
}
