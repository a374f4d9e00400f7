/** How far a long run has come, and how it is gone on with once it has been cut. */
export type Progress = {
  begun(seed: number): void;
  ended(seed: number, steps: number): void;
  readonly steps: number;
  readonly seeds: number;
  /** Where nothing before has been left out. */
  goOn(): string;
  line(): string;
};

export type ProgressDeps = {
  readonly steps: number;
  readonly first: number;
  /** In milliseconds. */
  readonly now: () => number;
};

export function progressOf({ steps: wanted, first, now }: ProgressDeps): Progress {
  const began = now();
  const running = new Set<number>();
  let next = first;
  let [steps, seeds] = [0, 0];
  const number = (value: number) => Math.round(value).toLocaleString('en');
  const goOn = () => `--seed ${Math.min(next, ...running)} --steps ${Math.max(1, wanted - steps)}`;
  return {
    begun(seed) {
      // Seeds that have failed before come first, whatever their number.
      if (seed !== next) return;
      running.add(seed);
      next += 1;
    },
    ended(seed, done) {
      running.delete(seed);
      steps += done;
      seeds += 1;
    },
    get steps() {
      return steps;
    },
    get seeds() {
      return seeds;
    },
    goOn,
    line() {
      const seconds = (now() - began) / 1000;
      const left = (wanted - steps) / (steps / seconds);
      return [
        `${Math.floor((100 * steps) / wanted)} %: ${number(seeds)} seeds, ${number(steps)} steps`,
        `${number(steps / seconds)} a second, ${number(left / 60)} minutes left`,
        `after a cut go on with ${goOn()}`,
      ].join('; ');
    },
  };
}
