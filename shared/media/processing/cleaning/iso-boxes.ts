import { refuseUnless } from '../refuse-unless.ts';

/** A box of an ISO base media file (MP4, MOV, HEIC): where it and its body begin and end. */
export type IsoBox = {
  readonly type: string;
  readonly start: number;
  readonly body: number;
  readonly end: number;
};

/** ISO/IEC 14496-12:2015, section 4.2: a size of 1 means that eight bytes of size follow, 0 that the box is the last. */
export function isoBoxAt(bytes: Buffer, start: number, to: number): IsoBox {
  const size = bytes.readUInt32BE(start);
  const body = start + (size === 1 ? 16 : 8);
  const end = size === 0 ? to : start + (size === 1 ? Number(bytes.readBigUInt64BE(start + 8)) : size);
  refuseUnless(end >= body && end <= to);
  return { type: bytes.toString('latin1', start + 4, start + 8), start, body, end };
}

export function isoBoxes(bytes: Buffer, from: number, to: number): readonly IsoBox[] {
  const boxes: IsoBox[] = [];
  for (let start = from; start + 8 <= to; ) {
    const box = isoBoxAt(bytes, start, to);
    boxes.push(box);
    start = box.end;
  }
  return boxes;
}

/** The boxes at the end of a path such as `mdia`, `minf`, `stbl`. */
export const isoBoxesAt = (
  bytes: Buffer,
  { body, end }: IsoBox,
  path: readonly string[],
): readonly IsoBox[] => {
  const [type, ...rest] = path;
  const found = isoBoxes(bytes, body, end).filter((box) => box.type === type);
  return rest.length === 0 ? found : found.flatMap((box) => isoBoxesAt(bytes, box, rest));
};

/** Free space of the same length: no offset elsewhere in the file changes. */
export function freeBox(bytes: Buffer, { start, body, end }: IsoBox): void {
  bytes.write('free', start + 4, 'latin1');
  bytes.fill(0, body, end);
}
