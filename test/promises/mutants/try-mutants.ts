import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../command-line.ts';
import { run } from '../simulation/run.ts';
import { bundleFunctions } from '../system/bundle.ts';
import { simulatedModel } from '../system/model.ts';
import { programOf } from '../system/program.ts';
import { promiseMutants } from './mutants.ts';

type Row = {
  readonly name: string;
  readonly kind: string;
  readonly seeds: number | undefined;
  readonly steps: number;
};

/** So many seeds may look for a fault before it counts as unnoticed. */
const mostSeeds = 25;

/** What shows only once all has come to rest. */
const showsAtRest = /^left (?:long|beyond)|does not end|left open|nobody has looked/;

/** Plants one fault after the other and counts the seeds until it is noticed; true where each of them was. */
export async function tryMutants(options: Options, say: (line: string) => void): Promise<boolean> {
  const { mutant = 'all', seed: first, run: steps } = options;
  const chosen = promiseMutants.filter(({ name }) => mutant === 'all' || name.includes(mutant));
  if (chosen.length === 0) throw new Error(`no mutant's name contains ${mutant}`);
  const model = await simulatedModel();
  const rows: Row[] = [];
  for (const { name, kind, also = [], ...patch } of chosen) {
    const program = programOf(await bundleFunctions([patch, ...also]));
    let done = 0;
    let found: number | undefined;
    for (
      let seed = first;
      found === undefined && done < options.steps && seed < first + mostSeeds;
      seed += 1
    ) {
      const until = (each: string) => each.startsWith(kind);
      const result = await run({ model, program, seed, steps, until, rests: showsAtRest.test(kind) });
      done += result.steps;
      if ([...result.violations.keys()].some(until)) found = seed - first + 1;
    }
    rows.push({ name, kind, seeds: found, steps: done });
    say(line({ name, kind, seeds: found, steps: done }));
  }
  if (mutant === 'all') writeFileSync(join(import.meta.dirname, '..', 'mutants.md'), page(rows, first));
  return rows.every(({ seeds }) => seeds !== undefined);
}

const line = ({ name, kind, seeds, steps }: Row): string =>
  `| ${name} | ${kind} | ${seeds ?? 'not noticed'} | ${steps} |`;

const page = (rows: readonly Row[], first: number): string =>
  [
    '# Planted faults, and how many seeds it takes to notice them',
    '',
    `Written by \`npm run test:promises -- --mutant all\`, from seed ${first} on. A fault is noticed by the violation that it was`,
    'planted for; others may have been seen before.',
    '',
    '| fault | seen as | seeds | steps |',
    '| --- | --- | --- | --- |',
    ...rows.map(line),
    '',
  ].join('\n');
