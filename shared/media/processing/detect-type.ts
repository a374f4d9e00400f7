import { fileTypeFromBuffer } from 'file-type';

/** Told from their first bytes alone: a library would unpack them to see what is inside. */
const archives: readonly (readonly [signature: string, contentType: string])[] = [
  ['504b0304', 'application/zip'],
  ['504b0506', 'application/zip'],
  ['1f8b', 'application/gzip'],
];

/** What the bytes are, by their magic numbers; undefined for text and whatever has none. */
export async function detectType(source: Uint8Array): Promise<string | undefined> {
  const opening = Buffer.from(source.subarray(0, 4)).toString('hex');
  const archive = archives.find(([signature]) => opening.startsWith(signature));
  return archive?.[1] ?? (await fileTypeFromBuffer(source))?.mime;
}
