import { purgeShards } from '../conversations/purge-mark.ts';

/** One of those that share the shards of the index, by its number from 1 on. */
export type Sweeper = { readonly sweeper: number; readonly of: number };

/** It has all the shards. */
export const onlySweeper: Sweeper = { sweeper: 1, of: 1 };

/** Each shard is one sweeper's. */
export function shardsOf({ sweeper, of }: Sweeper): readonly string[] {
  return purgeShards.filter((_, index) => index % of === sweeper - 1);
}
