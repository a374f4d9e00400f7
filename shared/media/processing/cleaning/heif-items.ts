import { refuseUnless } from '../refuse-unless.ts';
import { type IsoBox, isoBoxes, isoBoxesAt } from './iso-boxes.ts';
import { insideFull } from './iso-file.ts';
import type { Range } from './zero-outside.ts';

/** An item of a HEIC or AVIF: its type and where that is written. */
export type HeifItem = {
  readonly id: number;
  readonly type: string;
  readonly typeAt: number;
  readonly end: number;
};

/** The item information box: ISO/IEC 14496-12:2015, section 8.11.6. */
export function heifItems(bytes: Buffer, iinf: IsoBox): readonly HeifItem[] {
  const first = iinf.body + (bytes.readUInt8(iinf.body) === 0 ? 6 : 8);
  return isoBoxes(bytes, first, iinf.end).map(({ body, end }) => {
    const version = bytes.readUInt8(body);
    refuseUnless(version >= 2);
    const idBytes = version === 2 ? 2 : 4;
    const typeAt = body + 4 + idBytes + 2;
    return {
      id: bytes.readUIntBE(body + 4, idBytes),
      type: bytes.toString('latin1', typeAt, typeAt + 4),
      typeAt,
      end,
    };
  });
}

export type ItemReference = { readonly box: IsoBox; readonly from: number; readonly to: readonly number[] };

/** Which items are made of which, or stand beside them: section 8.11.12. */
export function itemReferences(bytes: Buffer, iref: IsoBox): readonly ItemReference[] {
  const idBytes = bytes.readUInt8(iref.body) === 0 ? 2 : 4;
  return isoBoxes(bytes, iref.body + 4, iref.end).map((box) => {
    const count = bytes.readUInt16BE(box.body + idBytes);
    const first = box.body + idBytes + 2;
    refuseUnless(first + count * idBytes <= box.end);
    const to = Array.from({ length: count }, (_, index) =>
      bytes.readUIntBE(first + index * idBytes, idBytes),
    );
    return { box, from: bytes.readUIntBE(box.body, idBytes), to };
  });
}

export type ItemExtent = Range & { readonly item: number };

/**
 * Where each item's bytes lie, by the item location box (ISO/IEC 14496-12:2015, section 8.11.3): in the file or in the
 * `idat` beside it (8.11.11).
 */
export function itemExtents(bytes: Buffer, iloc: IsoBox, meta: IsoBox): readonly ItemExtent[] {
  const version = bytes.readUInt8(iloc.body);
  let at = iloc.body + 4;
  const take = (length: number): number => {
    at += length;
    refuseUnless(at <= iloc.end && length <= 8);
    return length === 8
      ? Number(bytes.readBigUInt64BE(at - 8))
      : length === 0
        ? 0
        : bytes.readUIntBE(at - length, length);
  };
  const sizes = take(2);
  const [offsetBytes, lengthBytes, baseBytes] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexBytes = version === 0 ? 0 : sizes & 15;
  const [idat] = isoBoxesAt(bytes, insideFull(meta), ['idat']);
  const extents: ItemExtent[] = [];
  for (let items = take(version < 2 ? 2 : 4); items > 0; items -= 1) {
    const item = take(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : take(2) & 15;
    refuseUnless(method === 0 || (method === 1 && idat !== undefined));
    take(2);
    const start = method === 1 ? (idat?.body ?? 0) : 0;
    const base = take(baseBytes);
    for (let count = take(2); count > 0; count -= 1) {
      take(indexBytes);
      const from = start + base + take(offsetBytes);
      const length = take(lengthBytes);
      // A length of none stands for all that there is: to the end of the `idat`, or of the file.
      const rest = method === 1 ? (idat?.end ?? 0) : bytes.length;
      extents.push({ item, from, to: length === 0 ? rest : from + length });
    }
  }
  return extents;
}
