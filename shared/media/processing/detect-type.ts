import { fileTypeFromBuffer } from 'file-type';
import { asBuffer } from './as-buffer.ts';
import { primaryItemType } from './cleaning/heif-meta.ts';
import { isIsoFile, isoFile, majorBrand, pictureMeta } from './cleaning/iso-file.ts';

/** Told from their first bytes alone: a library would unpack them to see what is inside. */
const archives: readonly (readonly [signature: string, contentType: string])[] = [
  ['504b0304', 'application/zip'],
  ['504b0506', 'application/zip'],
  ['1f8b', 'application/gzip'],
];

/** A raw photo of Canon's is a film by its boxes: without those of its maker nothing can open it, so it is kept as it is. */
const rawBrand = 'crx ';

/** By its boxes: a brand tells only what somebody has called it. */
function isoType(bytes: Buffer): string | undefined {
  if (!isIsoFile(bytes)) return undefined;
  const brand = majorBrand(bytes);
  if (brand === rawBrand) return 'image/x-canon-cr3';
  const file = isoFile(bytes);
  const meta = pictureMeta(bytes, file);
  if (meta !== undefined) return primaryItemType(bytes, meta) === 'av01' ? 'image/avif' : 'image/heic';
  if (brand === undefined && !file.some(({ type }) => type === 'moov')) return undefined;
  return brand === undefined || brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}

/** Containers that are told by their own bytes, whatever is in them. */
function containerType(bytes: Buffer): string | undefined {
  const at = (from: number, to: number): string => bytes.toString('latin1', from, to);
  if (/^(?:RIFF|RF64|BW64)$/.test(at(0, 4)) && at(8, 12) === 'WAVE') return 'audio/wav';
  if (at(0, 4) === 'OggS') return 'audio/ogg';
  if (at(0, 4) === '\u001aE\u00df\u00a3') return 'video/webm';
  return isoType(bytes);
}

/** What the bytes are, by their magic numbers; undefined for text and whatever has none. */
export async function detectType(source: Uint8Array): Promise<string | undefined> {
  const bytes = asBuffer(source);
  const opening = bytes.toString('hex', 0, 4);
  const archive = archives.find(([signature]) => opening.startsWith(signature));
  return archive?.[1] ?? containerType(bytes) ?? (await fileTypeFromBuffer(source))?.mime;
}
