import { type IsoBox, isoBoxAt, isoBoxes, isoBoxesAt } from './iso-boxes.ts';

/** What a file of boxes may begin with; QuickTime's had no `ftyp`. */
const openings = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'wide', 'free', 'skip', 'pnot', 'sidx']);
const printable = /^[\x20-\x7e\xa9]{4}$/;

/**
 * The boxes of the one file that begins here. What a phone or an editor has put behind it, be it a second file with an
 * `ftyp` of its own or bytes that are no box, does not belong to it.
 */
export function isoFile(bytes: Buffer): readonly IsoBox[] {
  const boxes: IsoBox[] = [];
  for (let start = 0; start + 8 <= bytes.length; ) {
    const type = bytes.toString('latin1', start + 4, start + 8);
    if (!printable.test(type) || (type === 'ftyp' && start > 0)) break;
    const box = isoBoxAt(bytes, start, bytes.length);
    boxes.push(box);
    start = box.end;
  }
  return boxes;
}

/** The file's own `meta`, where its pictures are items (HEIF): one of pictures, which has a primary one. */
export const pictureMeta = (bytes: Buffer, file: readonly IsoBox[]): IsoBox | undefined =>
  file.find((box) => box.type === 'meta' && primaryItem(bytes, box) !== undefined);

/** ISO/IEC 14496-12:2015, section 8.11.4. */
export function primaryItem(bytes: Buffer, meta: IsoBox): number | undefined {
  const [pitm] = isoBoxesAt(bytes, insideFull(meta), ['pitm']);
  return pitm && bytes.readUIntBE(pitm.body + 4, bytes.readUInt8(pitm.body) === 0 ? 2 : 4);
}

/** Behind the version and flags of a full box. */
export const insideFull = (box: IsoBox): IsoBox => ({ ...box, body: box.body + 4 });

/** Whether these bytes are such a file at all. */
export const isIsoFile = (bytes: Buffer): boolean => {
  if (bytes.length < 8 || !openings.has(bytes.toString('latin1', 4, 8))) return false;
  const size = bytes.readUInt32BE(0);
  return size === 0 || size === 1 || size >= 8;
};

/** Of which brand it says to be. */
export const majorBrand = (bytes: Buffer): string | undefined =>
  bytes.toString('latin1', 4, 8) === 'ftyp' ? bytes.toString('latin1', 8, 12) : undefined;

export const tracksOf = (bytes: Buffer, file: readonly IsoBox[]): readonly IsoBox[] =>
  file
    .filter(({ type }) => type === 'moov')
    .flatMap(({ body, end }) => isoBoxes(bytes, body, end).filter(({ type }) => type === 'trak'));
