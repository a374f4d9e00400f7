import { ProtocolError } from '../../../protocol/errors.ts';
import { type IsoBox, isoBoxAt, isoBoxes } from './iso-boxes.ts';

/** What a file of boxes may begin with; QuickTime's had no `ftyp`. */
const openings = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'wide', 'free', 'skip', 'pnot', 'sidx']);
/** Without these, or with half of one, it is no picture and no film. */
const needed = new Set(['ftyp', 'moov', 'moof', 'mdat', 'meta']);
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
    if (!isWhole(bytes, start) && !needed.has(type)) break;
    const box = isoBoxAt(bytes, start, bytes.length);
    boxes.push(box);
    start = box.end;
  }
  return boxes;
}

const isWhole = (bytes: Buffer, start: number): boolean => {
  const size = bytes.readUInt32BE(start);
  return size === 0 || (size === 1 ? start + 16 : start + Math.max(8, size)) <= bytes.length;
};

/** The file's own `meta`, where its pictures are items (HEIF): one of pictures, which has a primary one. */
export const pictureMeta = (bytes: Buffer, file: readonly IsoBox[]): IsoBox | undefined =>
  file.find((box) => box.type === 'meta' && primaryItem(bytes, box) !== undefined);

/** ISO/IEC 14496-12:2015, section 8.11.4. */
export function primaryItem(bytes: Buffer, meta: IsoBox): number | undefined {
  const [pitm] = childrenOf(bytes, meta).filter(({ type }) => type === 'pitm');
  return pitm && bytes.readUIntBE(pitm.body + 4, bytes.readUInt8(pitm.body) === 0 ? 2 : 4);
}

/** Of a `meta` that is none, such as QuickTime's tags or what somebody has hidden under that name, no children. */
function childrenOf(bytes: Buffer, meta: IsoBox): readonly IsoBox[] {
  try {
    return isoBoxes(bytes, meta.body + 4, meta.end);
  } catch (error) {
    if (error instanceof ProtocolError || error instanceof RangeError) return [];
    throw error;
  }
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
