import { asBuffer } from '../as-buffer.ts';
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

/** Without tags, attachments, title and date, all turned into void; sound and pictures as they were. */
export function cleanWebm(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(asBuffer(source));
  for (let at = 0; at < bytes.length; ) {
    const element = ebmlElementAt(bytes, at, bytes.length);
    if (personal.has(element.id)) voidElement(bytes, element);
    if (element.id === voidSpace) bytes.fill(0, element.body, element.end); // it may hold what was deleted
    if (element.id === info) cleanInfo(bytes, element);
    // Segments and clusters are walked through: both may be of unknown length.
    at = element.id === segment || element.id === cluster ? element.body : element.end;
  }
  return bytes;
}
