const shards = 16;

/** Where earlier releases have everybody. */
const ofAll = 'connection';

const shardOf = (index: number): string => `${ofAll}#${index}`;

/** All partitions of the sparse index of ends. */
export const expiryShards: readonly string[] = [
  ofAll,
  ...Array.from({ length: shards }, (_, index) => shardOf(index)),
];

/**
 * Spreads the writes of the index, whose partitions take a thousand a second each: a socket is written there up to five
 * times, when it is opened and when its end is looked at.
 */
export function expiryShardOf(userId: string): string {
  let sum = 0;
  for (const character of userId) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return shardOf(sum % shards);
}
