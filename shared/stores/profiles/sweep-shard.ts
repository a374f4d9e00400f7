const shards = 8;

export const sweepShards: readonly string[] = Array.from({ length: shards }, (_, index) => String(index));

/** Spreads the writes of the index, whose partitions take a thousand a second each. */
export function sweepShardOf(key: string): string {
  return String((key.codePointAt(key.length - 1) ?? 0) % shards);
}
