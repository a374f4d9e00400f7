import { crc32 } from 'node:zlib';
import { zipOf } from '../../../shared/media/processing/document/zip-entries.ts';

/** An archive of these parts, stored. */
export const archive = (parts: Readonly<Record<string, string | Buffer>>): Buffer =>
  zipOf(
    Object.entries(parts).map(([name, content]) => {
      const packed = Buffer.from(content);
      return { name, method: 0, crc: crc32(packed), size: packed.length, packed };
    }),
  );

/** A PDF of these objects, the first of which is its catalog, with a table of where they are. */
export function pdfOf(objects: readonly (string | Buffer)[], trailer = ''): Buffer {
  let file = Buffer.from('%PDF-1.7\n');
  const places = objects.map((object, index) => {
    const at = file.length;
    const parts = [Buffer.from(`${index + 1} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n')];
    file = Buffer.concat([file, ...parts]);
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const end = `trailer\n<</Root 1 0 R/Size ${objects.length + 1}${trailer}>>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.concat([file, Buffer.from(table), Buffer.from(end)]);
}

/** The object of a stream of these bytes. */
export const streamOf = (dictionary: string, bytes: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`<<${dictionary}/Length ${bytes.length}>>\nstream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
