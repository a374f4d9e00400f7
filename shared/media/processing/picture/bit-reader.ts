/** Bits of a header from the most significant one on; behind the end there are zeros. */
export type BitReader = {
  /** At most 32. */
  take(bits: number): number;
};

export function bitReader(bytes: Uint8Array): BitReader {
  let at = 0;
  return {
    take(bits) {
      let value = 0;
      for (const end = at + bits; at < end; at += 1)
        value = value * 2 + (((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
      return value;
    },
  };
}
