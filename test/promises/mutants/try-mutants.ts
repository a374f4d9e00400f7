import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../command-line.ts';
import { threadOf } from '../simulation/runners.ts';
import { bundleFunctions } from '../system/bundle.ts';
import { type Model, simulatedModel } from '../system/model.ts';
import { type PromiseMutant, promiseMutants } from './mutants.ts';

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
  const { mutant = 'all', seed: first, threads } = options;
  const chosen = promiseMutants.filter(({ name }) => mutant === 'all' || name.includes(mutant));
  if (chosen.length === 0) throw new Error(`no mutant's name contains ${mutant}`);
  const model = await simulatedModel();
  const rows = new Map<PromiseMutant, Row>();
  const left = chosen.values();
  await Promise.all(
    Array.from({ length: threads }, async () => {
      for (const each of left) {
        const row = await tryMutant(each, model, options);
        rows.set(each, row);
        say(line(row));
      }
    }),
  );
  const inOrder = chosen.flatMap((each) => rows.get(each) ?? []);
  if (mutant === 'all') writeFileSync(join(import.meta.dirname, '..', 'mutants.md'), page(inOrder, first));
  return inOrder.every(({ seeds }) => seeds !== undefined);
}

async function tryMutant(
  { name, kind, also = [], ...patch }: PromiseMutant,
  model: Model,
  { seed: first, run: steps, steps: most }: Options,
): Promise<Row> {
  const thread = threadOf({ model, source: await bundleFunctions([patch, ...also]) });
  const rests = showsAtRest.test(kind);
  let done = 0;
  let seeds: number | undefined;
  for (let seed = first; seeds === undefined && done < most && seed < first + mostSeeds; seed += 1) {
    const result = await thread.run({ seed, steps, until: kind, rests });
    done += result.steps;
    if ([...result.violations.keys()].some((each) => each.startsWith(kind))) seeds = seed - first + 1;
  }
  await thread.close();
  return { name, kind, seeds, steps: done };
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
