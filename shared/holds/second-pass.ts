/**
 * How long after the first pass the second one begins. Longer than any function may run that knew the holds as they were
 * before, with what it had on its way: a send, an `open`, and whoever deletes (test/infra/stacks holds them to it).
 */
export const secondPassSeconds = 330;
