import { marker } from './fixture.ts';
import { pngChunk } from './made-files.ts';
import type { PictureFormat } from './made-pictures.ts';
import { personalExif } from './personal-exif.ts';

const insert = (bytes: Buffer, at: number, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([bytes.subarray(0, at), ...parts, bytes.subarray(at)]);

const segment = (type: number, body: Buffer): Buffer => {
  const header = Buffer.from([0xff, type, 0, 0]);
  header.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([header, body]);
};

/** A chunk of RIFF (WebP, WAV). */
export const riffChunk = (type: string, body: Buffer): Buffer => {
  const header = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  header.writeUInt32LE(body.length, 4);
  return Buffer.concat([header, body, Buffer.alloc(body.length % 2)]);
};

const xmp = Buffer.from(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${marker}</x:xmpmeta>`, 'latin1');
const note = Buffer.from(`${marker} note`, 'latin1');
const iptc = Buffer.from(`Photoshop 3.0\0${marker}`, 'latin1');

function webpWithMetadata(bytes: Buffer, exif: Buffer): Buffer {
  const body = [bytes.subarray(12), riffChunk('EXIF', exif), riffChunk('XMP ', xmp)];
  const extended = riffChunk('VP8X', Buffer.from([0x0c, 0, 0, 0, 63, 0, 0, 47, 0, 0]));
  const file = Buffer.concat([bytes.subarray(0, 12), extended, ...body]);
  file.writeUInt32LE(file.length - 8, 4);
  return file;
}

const gifBlock = (label: number, ...blocks: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from([0x21, label]),
    ...blocks.flatMap((block) => [Buffer.from([block.length]), block]),
    Buffer.from([0]),
  ]);

/** The same picture with what cameras and editors write into it, the marker in each. */
export function withMetadata(format: PictureFormat, bytes: Buffer, orientation = 1): Buffer {
  const exif = personalExif(orientation);
  if (format === 'jpeg') {
    const app1 = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exif]);
    return insert(
      bytes,
      2,
      segment(0xe1, app1),
      segment(0xe1, xmp),
      segment(0xed, iptc),
      segment(0xfe, note),
    );
  }
  if (format === 'png')
    return insert(
      bytes,
      33,
      pngChunk('eXIf', exif),
      pngChunk('tEXt', Buffer.concat([Buffer.from('Comment\0'), note])),
      pngChunk('tIME', Buffer.alloc(7)),
    );
  if (format === 'webp') return webpWithMetadata(bytes, exif);
  const afterHeader = 13 + (((bytes[10] ?? 0) & 0x80) === 0 ? 0 : 3 * 2 ** (((bytes[10] ?? 0) & 7) + 1));
  return insert(
    bytes,
    afterHeader,
    gifBlock(0xfe, note),
    gifBlock(0xff, Buffer.from('XMP DataXMP', 'latin1'), note),
  );
}
