import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { type EbmlElement, ebmlElementAt, voidElement } from './ebml-elements.ts';

const segment = 0x1853_8067;
const cluster = 0x1f43_b675;
const info = 0x1549_a966;
const checksum = 0xbf;
const voidSpace = 0xec;
/** Tags and attachments. */
const personal = new Set([0x1254_c367, 0x1941_a469]);
/** Title, date and file name. */
const personalInfo = new Set([0x7ba9, 0x4461, 0x7384]);

function cleanInfo(bytes: Buffer, { body, end }: EbmlElement): void {
  const elements: EbmlElement[] = [];
  for (let at = body; at < end; at = elements.at(-1)?.end ?? end)
    elements.push(ebmlElementAt(bytes, at, end));
  if (!elements.some(({ id }) => personalInfo.has(id))) return;
  for (const element of elements)
    if (personalInfo.has(element.id) || element.id === checksum) voidElement(bytes, element);
}

/** What may stand in a file, a segment and a cluster: at anything else the library's reader may search for ever. */
const known = new Set([
  ...[0x1a45_dfa3, segment, 0x114d_9b74, info, 0x1654_ae6b, 0x1c53_bb6b, 0x1043_a770, ...personal],
  ...[voidSpace, checksum],
  ...[cluster, 0xe7, 0xa3, 0xa0, 0xab, 0xa7],
]);

/**
 * Without tags, attachments, title and date, all turned into void; sound and pictures as they were. Matroska, RFC 9559
 * (October 2024), sections 5.1.2 (Info) and 5.1.8 (Tags).
 */
export function cleanWebm(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(asBuffer(source));
  let endOfCluster = bytes.length;
  for (let at = 0; at < bytes.length; ) {
    if (at === endOfCluster) endOfCluster = bytes.length;
    const element = ebmlElementAt(bytes, at, endOfCluster);
    refuseUnless(known.has(element.id));
    if (element.id === segment) refuseUnless(element.end === bytes.length);
    if (element.id === cluster) endOfCluster = element.end;
    if (personal.has(element.id)) voidElement(bytes, element);
    if (element.id === voidSpace) bytes.fill(0, element.body, element.end); // it may hold what was deleted
    if (element.id === info) cleanInfo(bytes, element);
    // Segments and clusters are walked through: both may be of unknown length.
    at = element.id === segment || element.id === cluster ? element.body : element.end;
  }
  return bytes;
}
