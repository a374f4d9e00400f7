import { refuseUnless } from '../refuse-unless.ts';
import { type HeifItem, heifItems, type ItemReference, itemExtents, itemReferences } from './heif-items.ts';
import { freeBox, type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { insideFull, primaryItem } from './iso-file.ts';
import { forgetName } from './mp4-boxes.ts';
import { type Range, zeroOutside } from './zero-outside.ts';

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

const keptBoxes = words('hdlr pitm iloc iinf iprp iref idat');
/** How an item is decoded, turned, cut and coloured: ISO/IEC 23008-12:2017, section 6.5, and AVIF 1.1. */
const keptProperties = words(
  'ispe pixi colr pasp clap irot imir iscl rloc auxC hvcC lhvC avcC vvcC evcC av1C jpgC j2kH uncC cmpd lsel a1op a1lx oinf tols clli mdcv cclv amve',
);
/** Coded pictures, and those that are put together of others: tiles, overlays, turned ones. */
const pictures = words('hvc1 hev1 lhv1 avc1 vvc1 evc1 av01 jpeg j2k1 unci grid iovl iden');
/** Beside its colours a picture has its transparency; depth, mattes of hair and gain maps are for editors. */
const transparency = /^urn:mpeg:(?:mpegB:cicp:systems:auxiliary:alpha|hevc:2015:auxid:1)\0/;

/** Which properties an item has, by their number from 1: ISO/IEC 23008-12:2017, section 9.3. */
export function associations(bytes: Buffer, ipma: IsoBox): ReadonlyMap<number, readonly number[]> {
  const idBytes = bytes.readUInt8(ipma.body) < 1 ? 2 : 4;
  const isWide = (bytes.readUInt8(ipma.body + 3) & 1) === 1;
  const found = new Map<number, readonly number[]>();
  let at = ipma.body + 8;
  for (let entries = bytes.readUInt32BE(ipma.body + 4); entries > 0; entries -= 1) {
    const item = bytes.readUIntBE(at, idBytes);
    const count = bytes.readUInt8(at + idBytes);
    const first = at + idBytes + 1;
    at = first + count * (isWide ? 2 : 1);
    refuseUnless(at <= ipma.end);
    found.set(
      item,
      Array.from({ length: count }, (_, index) =>
        isWide ? bytes.readUInt16BE(first + index * 2) & 0x7fff : bytes.readUInt8(first + index) & 0x7f,
      ),
    );
  }
  return found;
}

/** Items that are the transparency of another. */
function transparencies(bytes: Buffer, iprp: IsoBox): (item: number) => boolean {
  const [ipco] = isoBoxesAt(bytes, iprp, ['ipco']);
  const properties = ipco === undefined ? [] : isoBoxes(bytes, ipco.body, ipco.end);
  const of = isoBoxesAt(bytes, iprp, ['ipma']).map((ipma) => associations(bytes, ipma));
  return (item) =>
    of.some((map) =>
      (map.get(item) ?? []).some((number) => {
        const property = properties[number - 1];
        return (
          property?.type === 'auxC' &&
          transparency.test(bytes.toString('latin1', property.body + 4, property.end))
        );
      }),
    );
}

/** The primary picture, its tiles and its transparency. */
function neededItems(
  primary: number,
  items: readonly HeifItem[],
  references: readonly ItemReference[],
  isTransparency: (item: number) => boolean,
): ReadonlySet<number> {
  const types = new Map(items.map(({ id, type }) => [id, type] as const));
  const needed = new Set<number>();
  const waiting = [primary];
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    if (needed.has(item) || !pictures.has(types.get(item) ?? '')) continue;
    needed.add(item);
    for (const { box, from, to } of references) {
      if (box.type === 'dimg' && from === item) waiting.push(...to);
      if (box.type === 'auxl' && to.includes(item) && isTransparency(from)) waiting.push(from);
    }
  }
  return needed;
}

/**
 * What the primary picture needs stays; everything else in this `meta` is freed where it lies. Answers where the kept
 * items lie in the file. A HEIC or AVIF is turned by a property of its own. ISO/IEC 23008-12:2017, on ISO/IEC 14496-12.
 */
export function keepPrimaryPicture(bytes: Buffer, meta: IsoBox): readonly Range[] {
  const inside = insideFull(meta);
  const only = (type: string): IsoBox | undefined => isoBoxesAt(bytes, inside, [type])[0];
  const [iinf, iloc, iprp, iref, idat] = ['iinf', 'iloc', 'iprp', 'iref', 'idat'].map(only);
  const primary = primaryItem(bytes, meta);
  refuseUnless(iinf !== undefined && iloc !== undefined && iprp !== undefined && primary !== undefined);
  const items = heifItems(bytes, iinf);
  const references = iref === undefined ? [] : itemReferences(bytes, iref);
  const needed = neededItems(primary, items, references, transparencies(bytes, iprp));
  refuseUnless(needed.size > 0);
  const kept = itemExtents(bytes, iloc, meta).filter(({ item }) => needed.has(item));
  for (const { id, typeAt, end } of items) {
    if (!needed.has(id)) bytes.write('free', typeAt, 'latin1');
    bytes.fill(0, typeAt + 4, end); // its name
  }
  for (const { box, from } of references) if (!needed.has(from)) bytes.write('free', box.start + 4, 'latin1');
  for (const box of isoBoxes(bytes, inside.body, inside.end)) {
    if (!keptBoxes.has(box.type)) freeBox(bytes, box);
    if (box.type === 'hdlr') forgetName(bytes, box);
  }
  for (const ipco of isoBoxesAt(bytes, iprp, ['ipco']))
    for (const property of isoBoxes(bytes, ipco.body, ipco.end))
      if (!keptProperties.has(property.type)) freeBox(bytes, property);
  if (idat !== undefined) zeroOutside(bytes, kept, { from: idat.body, to: idat.end });
  return kept;
}

/** How the primary picture is coded: by its type, or, if it is put together, by that of what it is made of. */
export function primaryItemType(bytes: Buffer, meta: IsoBox): string | undefined {
  const inside = insideFull(meta);
  const [iinf] = isoBoxesAt(bytes, inside, ['iinf']);
  const [iref] = isoBoxesAt(bytes, inside, ['iref']);
  if (iinf === undefined) return undefined;
  const primary = primaryItem(bytes, meta);
  const references = iref === undefined ? [] : itemReferences(bytes, iref);
  const whole = references.find(({ box, from }) => box.type === 'dimg' && from === primary);
  const coded = whole?.to[0] ?? primary;
  return heifItems(bytes, iinf).find(({ id }) => id === coded)?.type;
}
