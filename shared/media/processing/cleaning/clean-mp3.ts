import { asBuffer } from '../as-buffer.ts';

const startsWith = (bytes: Buffer, at: number, text: string): boolean =>
  at >= 0 && bytes.toString('latin1', at, at + text.length) === text;

/** ID3v2 before the sound: "ID3 tag version 2.4.0", 1 November 2000, sections 3.1, 3.4 and 6.2; its length has seven bits a byte. */
function startOfSound(bytes: Buffer): number {
  let at = 0;
  while (startsWith(bytes, at, 'ID3')) {
    const footer = (bytes.readUInt8(at + 5) & 0x10) === 0 ? 0 : 10;
    const length = [6, 7, 8, 9].reduce((sum, place) => sum * 128 + (bytes.readUInt8(at + place) & 0x7f), 0);
    at += 10 + length + footer;
  }
  return at;
}

/** ID3v1 and APE tags after the sound, however many; neither has a standard, so what players read counts. */
function endOfSound(bytes: Buffer): number {
  let end = bytes.length;
  for (;;) {
    if (startsWith(bytes, end - 128, 'TAG')) end -= 128;
    else if (startsWith(bytes, end - 227, 'TAG+')) end -= 227;
    else if (startsWith(bytes, end - 32, 'APETAGEX')) {
      const header = (bytes.readUInt32LE(end - 12) & 0x8000_0000) === 0 ? 0 : 32;
      end -= Math.max(32, bytes.readUInt32LE(end - 20)) + header;
    } else return Math.max(0, end);
  }
}

/** Without ID3 and APE tags: names, comments, pictures, places. Every frame as it was; AAC frames wear the same tags. */
export const cleanMp3 = (source: Uint8Array): Uint8Array => {
  const bytes = asBuffer(source);
  return bytes.subarray(startOfSound(bytes), endOfSound(bytes));
};
