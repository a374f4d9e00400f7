import type { RunResult } from './run.ts';
import type { SeedOptions } from './runners.ts';

type Run = (options: SeedOptions) => Promise<RunResult>;

/** Leaves out of the faults of a failing run whatever it fails without, as far as so many attempts come. */
export async function shrink(run: Run, options: SeedOptions, failed: RunResult, kind: string, attempts = 12) {
  let result = failed;
  let left = attempts;
  for (let parts = 2; left > 0 && result.faults.length > 0; ) {
    const size = Math.ceil(result.faults.length / parts);
    let isSmaller = false;
    for (let from = 0; from < result.faults.length && left > 0; from += size) {
      const kept = result.faults.filter((_, place) => place < from || place >= from + size);
      left -= 1;
      const smaller = await run({ ...options, only: new Set(kept.map(({ index }) => index)), until: kind });
      if (!smaller.violations.has(kind) || smaller.faults.length >= result.faults.length) continue;
      result = smaller;
      isSmaller = true;
      break;
    }
    if (isSmaller) parts = Math.max(2, parts - 1);
    else if (size > 1) parts = Math.min(parts * 2, result.faults.length);
    else break;
  }
  return result;
}
