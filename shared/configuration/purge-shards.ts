/** Partitions of the indexes that the sweeper goes by, and with it the most sweepers that can share them. */
export const purgeShardCount = 8;
