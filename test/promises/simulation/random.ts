/** A stream of numbers that its seed alone decides (mulberry32). */
export type Random = {
  /** From 0 up to and not including 1. */
  (): number;
  chance(probability: number): boolean;
  below(count: number): number;
  between(least: number, most: number): number;
  pick<Each>(among: readonly Each[]): Each | undefined;
};

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(next() * count);
  return Object.assign(next, {
    chance: (probability: number) => next() < probability,
    below,
    between: (least: number, most: number) => least + next() * (most - least),
    pick: <Each>(among: readonly Each[]) => among[below(among.length)],
  });
}
