import { asBuffer } from './as-buffer.ts';
import { refuseUnless } from './refuse-unless.ts';

const endOfArchive = Buffer.from('PK\u0005\u0006', 'latin1');
const endOfArchiveBytes = 22;
const longestComment = 0xffff;
/** Readers of PDF take a header anywhere in the first kilobyte, browsers sniff HTML there. */
const openingBytes = 1_024;
const markup = /<(?:!doctype|html|script|iframe|svg[\s>]|\?php)/i;

/**
 * A zip is read from its end: what ends with its last record is an archive, whatever it begins with. PKWARE, APPNOTE.TXT,
 * section 4.3.16.
 */
export function refuseHiddenArchive(source: Uint8Array): void {
  const ending = asBuffer(source).subarray(-(longestComment + endOfArchiveBytes));
  const at = ending.lastIndexOf(endOfArchive);
  const record = at < 0 ? ending.subarray(ending.length) : ending.subarray(at);
  const isArchive =
    record.length >= endOfArchiveBytes && endOfArchiveBytes + record.readUInt16LE(20) === record.length;
  refuseUnless(!isArchive);
}

/** Media that is also an archive, a page, a script or a document was made to deceive. */
export function refusePolyglot(source: Uint8Array): void {
  refuseHiddenArchive(source);
  const bytes = asBuffer(source);
  const opening = bytes.toString('latin1', 0, openingBytes);
  const ending = bytes.toString('latin1', Math.max(0, bytes.length - longestComment));
  refuseUnless(!opening.includes('%PDF-') && !markup.test(opening) && !markup.test(ending));
}
