import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { refuseUnless } from '../refuse-unless.ts';

/** An entry of a zip: its name, how it is packed and its packed bytes, none of them unpacked yet. */
export type ZipEntry = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly packed: Buffer;
};

const endOfArchive = Buffer.from('PK\u0005\u0006', 'latin1');
const longestEnding = 22 + 0xffff;
const stored = 0;
const deflated = 8;
const isUtf8 = 0x0800;
const isEncrypted = 0x0001;

/** By the directory at its end: PKWARE, APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16. Undefined for one that is larger or locked. */
export function zipEntries(bytes: Buffer): readonly ZipEntry[] | undefined {
  const from = Math.max(0, bytes.length - longestEnding);
  const end = from + bytes.subarray(from).lastIndexOf(endOfArchive);
  if (end < from || end + 22 > bytes.length) return undefined;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x0201_4b50) return undefined;
    const [flags, method, local] = [
      bytes.readUInt16LE(at + 8),
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 42),
    ];
    const [packedSize, size] = [bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 24)];
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    if ((flags & isEncrypted) !== 0 || ![stored, deflated].includes(method) || local + 30 > end)
      return undefined;
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    if (bytes.readUInt32LE(local) !== 0x0403_4b50 || start + packedSize > end) return undefined;
    const name = bytes.toString('utf8', at + 46, nameEnd);
    const packed = bytes.subarray(start, start + packedSize);
    entries.push({ name, method, crc: bytes.readUInt32LE(at + 16), size, packed });
    at = nameEnd + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Texts of a document are packed to a hundredth at best. */
const mostTimes = 250;
const alwaysFine = 64 * 1024;

/** The bytes of an entry, if there are no more than it is allowed to have, and it is no bomb. */
export function unpacked({ method, packed, size }: ZipEntry, mostBytes: number): Buffer {
  refuseUnless(size <= mostBytes && size <= Math.max(alwaysFine, packed.length * mostTimes));
  return method === stored ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
}

export function withContent(entry: ZipEntry, content: Buffer): ZipEntry {
  const packed = entry.method === stored ? content : deflateRawSync(content);
  return { ...entry, packed, size: content.length, crc: crc32(content) };
}

/** Neither comments nor times nor extra fields, which tell which system and which user it was packed by. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, method, crc, size, packed } of entries) {
    const named = Buffer.from(name);
    const about = Buffer.alloc(26);
    about.writeUInt16LE(20, 0);
    about.writeUInt16LE(isUtf8, 2);
    about.writeUInt16LE(method, 4);
    about.writeUInt16LE(0x0021, 8); // the first of January 1980, the earliest day that there is
    about.writeUInt32LE(crc, 10);
    about.writeUInt32LE(packed.length, 14);
    about.writeUInt32LE(size, 18);
    about.writeUInt16LE(named.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), about, named]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\0', 'latin1'), about, place, named]));
    parts.push(local, packed);
    offset += local.length + packed.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  endOfArchive.copy(end);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, list, end]);
}
