/** Where it is noted how far the sweeper has come around, so that it can be allowed to read that and nothing else. */
export const purgeLapPartition = 'purge-lap';
