import { type EbmlElement, ebmlChildren, voidElement } from './ebml-elements.ts';

export const voidSpace = 0xec;
export const checksum = 0xbf;

/** What becomes of a child: kept as it is, or mended in place. A mender tells whether it has changed anything. */
export type Mend = (bytes: Buffer, element: EbmlElement) => boolean;
export type Rules = ReadonlyMap<number, Mend>;

export const asItIs: Mend = () => false;
export const listed = (...ids: readonly number[]): readonly (readonly [number, Mend])[] =>
  ids.map((id) => [id, asItIs] as const);

/** Void may hold what was deleted. */
export function clearVoid(bytes: Buffer, { body, end }: EbmlElement): boolean {
  const isClear = bytes.subarray(body, end).every((byte) => byte === 0);
  if (!isClear) bytes.fill(0, body, end);
  return !isClear;
}

export function forget(bytes: Buffer, element: EbmlElement): true {
  voidElement(bytes, element);
  return true;
}

/** Everything that has no rule is turned into void; a checksum that no longer holds goes too. */
export const mendMaster =
  (rules: Rules): Mend =>
  (bytes, element) => {
    let isChanged = false;
    const children = ebmlChildren(bytes, element);
    for (const child of children) {
      if (child.id === checksum) continue;
      const mend = child.id === voidSpace ? clearVoid : (rules.get(child.id) ?? forget);
      isChanged = mend(bytes, child) || isChanged;
    }
    if (isChanged) for (const child of children) if (child.id === checksum) forget(bytes, child);
    return isChanged;
  };
