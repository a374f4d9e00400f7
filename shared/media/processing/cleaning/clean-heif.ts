import { asBuffer } from '../as-buffer.ts';
import { refuseUnless } from '../refuse-unless.ts';
import { heifItems, itemExtents } from './heif-items.ts';
import { freeBox, type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';

const personalItems = new Set(['Exif', 'mime', 'uri ']);
const personalBoxes = new Set(['uuid', 'free', 'skip', 'udta']);

function clearItems(bytes: Buffer, meta: IsoBox): void {
  const inside = { ...meta, body: meta.body + 4 };
  const [iinf] = isoBoxesAt(bytes, inside, ['iinf']);
  const [iloc] = isoBoxesAt(bytes, inside, ['iloc']);
  refuseUnless(iinf !== undefined && iloc !== undefined);
  const personal = heifItems(bytes, iinf).filter(({ type }) => personalItems.has(type));
  const ids = new Set(personal.map(({ id }) => id));
  const extents = itemExtents(bytes, iloc, meta).filter(({ item }) => ids.has(item));
  refuseUnless(extents.reduce((sum, { from, to }) => sum + to - from, 0) <= bytes.length);
  for (const { from, to } of extents) bytes.fill(0, from, to);
  for (const { typeAt } of personal) bytes.write('free', typeAt, 'latin1');
}

/**
 * Without Exif and XMP: zeroed where they lie, of a type that nobody reads. A HEIC or AVIF is turned by a property of its
 * own. ISO/IEC 23008-12:2017, on the boxes of ISO/IEC 14496-12.
 */
export function cleanHeif(source: Uint8Array): Uint8Array {
  const bytes = Buffer.from(asBuffer(source));
  for (const box of isoBoxes(bytes, 0, bytes.length)) {
    if (box.type === 'meta') clearItems(bytes, box);
    else if (personalBoxes.has(box.type)) freeBox(bytes, box);
  }
  return bytes;
}
