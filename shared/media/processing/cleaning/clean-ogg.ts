import { asBuffer } from '../as-buffer.ts';
import { type OggPage, oggPages, seal } from './ogg-pages.ts';

/** The packet with the comments, by its opening; the byte at the end is Vorbis' framing bit. */
const openings = [
  { magic: Buffer.from('OpusTags', 'latin1'), framing: [] },
  { magic: Buffer.from('\u0003vorbis', 'latin1'), framing: [1] },
];

/** No vendor, no comment, and nothing but zeros up to the length that it had: no page moves. */
const emptied = (opening: (typeof openings)[number]): Buffer =>
  Buffer.concat([opening.magic, Buffer.alloc(8), Buffer.from(opening.framing)]);

/** Up to the end of the first packet in this page; `ended` when the packet does not go on. */
function firstPacket({ lacing }: OggPage): { readonly length: number; readonly ended: boolean } {
  const last = lacing.findIndex((length) => length < 255);
  const segments = last < 0 ? lacing : lacing.subarray(0, last + 1);
  return { length: segments.reduce((sum, length) => sum + length, 0), ended: last >= 0 };
}

/**
 * Without the comments of Opus (RFC 7845, April 2016, section 5.2) and Vorbis (Xiph.Org, Vorbis I specification, section
 * 5): names, places, pictures. Every packet of sound as it was.
 */
export function cleanOgg(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(asBuffer(source));
  const goingOn = new Map<number, Buffer>();
  for (const page of oggPages(bytes)) {
    const opening = openings.find(({ magic }) => page.body.subarray(0, magic.length).equals(magic));
    const rest = goingOn.get(page.serial) ?? (opening && emptied(opening));
    if (rest === undefined) continue;
    const { length, ended } = firstPacket(page);
    page.body.fill(0, 0, length);
    rest.copy(page.body, 0, 0, length);
    seal(page);
    if (ended) goingOn.delete(page.serial);
    else goingOn.set(page.serial, rest.subarray(length));
  }
  return bytes;
}
