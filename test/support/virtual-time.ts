/** Time that passes only when everybody waits: the earliest first, those of the same instant in the order in which they began. */
export function virtualTime() {
  let now = 0;
  let order = 0;
  const waiting: { readonly at: number; readonly order: number; readonly go: () => void }[] = [];
  return {
    now: () => now,
    wait: async (millis: number) =>
      new Promise<void>((go) => {
        order += 1;
        waiting.push({ at: now + millis, order, go });
      }),
    /** Until nobody waits any more. */
    async run(): Promise<void> {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve));
        waiting.sort((one, other) => one.at - other.at || one.order - other.order);
        const next = waiting.shift();
        if (next === undefined) return;
        now = next.at;
        next.go();
      }
    },
  };
}

/** The same numbers for the same seed (a linear congruential generator). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
