/** A stretch of a file, `to` not included. */
export type Range = { readonly from: number; readonly to: number };

/** Zeros what none of the kept stretches covers, between `from` and `to`: what nothing points to, nobody needs. */
export function zeroOutside(bytes: Buffer, kept: readonly Range[], { from, to }: Range): void {
  let at = from;
  for (const range of kept.toSorted((one, other) => one.from - other.from)) {
    if (range.from >= to) break;
    if (range.from > at) bytes.fill(0, at, range.from);
    at = Math.max(at, range.to);
  }
  if (at < to) bytes.fill(0, at, to);
}
