import { refuseUnless } from '../refuse-unless.ts';

/** Where a frame of sound ends that begins here; undefined where none does. */
export type EndOfFrame = (bytes: Buffer, at: number) => number | undefined;

const bitrates: Readonly<Record<string, readonly number[]>> = {
  '1-1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1-2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1-3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2-1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2-2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2-3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const sampleRates = [44_100, 48_000, 32_000];

/** MPEG-1, -2 and -2.5, all layers; not of a free bit rate. ISO/IEC 11172-3:1993, section 2.4.1.3. */
export const endOfMpegFrame: EndOfFrame = (bytes, at) => {
  if (at + 4 > bytes.length || bytes.readUInt16BE(at) < 0xffe0) return undefined;
  const header = bytes.readUInt32BE(at);
  const version = (header >>> 19) & 3;
  const layer = 4 - ((header >>> 17) & 3);
  const rate = sampleRates[(header >>> 10) & 3];
  const kilobits = bitrates[`${version === 3 ? 1 : 2}-${layer}`]?.[(header >>> 12) & 15];
  if (version === 1 || layer === 4 || rate === undefined || !kilobits) return undefined;
  const hertz = rate / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (header >>> 9) & 1;
  if (layer === 1) return at + 4 * (Math.floor((12_000 * kilobits) / hertz) + padding);
  const samples = layer === 3 && version !== 3 ? 72_000 : 144_000;
  return at + Math.floor((samples * kilobits) / hertz) + padding;
};

/** ADTS: ISO/IEC 14496-3:2009, table 1.A.5. Sound that begins with a frame of no length was made to keep its readers. */
export const endOfAdtsFrame: EndOfFrame = (bytes, at) => {
  if (at + 7 > bytes.length || (bytes.readUInt16BE(at) & 0xfff6) !== 0xfff0) return undefined;
  const length = (bytes.readUIntBE(at + 3, 3) >> 5) & 0x1fff;
  refuseUnless(at > 0 || length >= 7);
  return length >= 7 ? at + length : undefined;
};
