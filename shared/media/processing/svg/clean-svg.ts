import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { asBuffer } from '../as-buffer.ts';
import { cleanPicture } from '../picture/clean-picture.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { svgEdits } from './svg-edits.ts';
import { encodingOf } from './svg-encoding.ts';
import { edited } from './text-edits.ts';

/** Of an SVG that is packed; a larger one is kept packed. */
const mostUnpacked = 64 * 1024 * 1024;
const peek = 1_024;

const picture = /^\s*data:image\/(jpe?g|png|svg\+xml);base64,/i;
const lineBreak = /&#(?:10|13|x0?[ad]);|\s+/gi;

/** A picture that is written into an SVG, without what its camera says; undefined if nothing has to go. */
function cleanAddress(address: string): string | undefined {
  const [head, type = ''] = picture.exec(address.slice(0, 100)) ?? [];
  if (head === undefined) return undefined;
  const written = address.slice(head.length).replace(lineBreak, '');
  if (/[^A-Za-z0-9+/=]/.test(written)) return undefined;
  const before = Buffer.from(written, 'base64');
  const cleaned = type.includes('svg')
    ? asBuffer(cleanSvg(before) ?? before)
    : cleanPicture(type.toLowerCase() === 'png' ? 'png' : 'jpeg', before);
  return cleaned.equals(before) ? undefined : head + cleaned.toString('base64');
}

/** The same bytes if nothing has to go. */
function cleanText(source: Buffer): Buffer {
  const encoded = encodingOf(source);
  refuseUnless(encoded !== undefined);
  const { mark, encoding, isBigEndian } = encoded;
  refuseUnless(encoding === 'latin1' || source.length % 2 === 0);
  const bytes = isBigEndian ? Buffer.from(source).swap16() : source;
  const edits = svgEdits(bytes.toString(encoding, mark), cleanAddress);
  if (edits.length === 0) return source;
  const clean = Buffer.concat([bytes.subarray(0, mark), edited(bytes.subarray(mark), edits, encoding)]);
  refuseUnless(clean.length <= source.length);
  return isBigEndian ? clean.swap16() : clean;
}

/** A packed file bears its name, its date and a remark: packed anew, it has none. RFC 1952, section 2.3. */
function cleanPacked(source: Buffer): Buffer {
  const beginning = gunzipSync(source.subarray(0, peek), { finishFlush: constants.Z_SYNC_FLUSH });
  refuseUnless(encodingOf(beginning) !== undefined);
  return gzipSync(cleanText(gunzipSync(source, { maxOutputLength: mostUnpacked })));
}

/**
 * An SVG without comments, metadata and what its editor has noted: where it lay, how it was looked at, layers' names. What
 * draws stays byte for byte. Undefined for what is no SVG, is damaged, or has a document type that
 * declares more than plain texts.
 */
export function cleanSvg(source: Uint8Array): Uint8Array | undefined {
  const bytes = asBuffer(source);
  try {
    return bytes.readUInt16BE(0) === 0x1f8b ? cleanPacked(bytes) : cleanText(bytes);
  } catch {
    return undefined;
  }
}
