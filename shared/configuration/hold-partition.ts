/** Where the legal holds lie, so that a function can be allowed to ask for them and for nothing else. */
export const holdPartition = 'holds';
