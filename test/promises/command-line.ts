import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export const usage = `npm run test:promises [-- OPTIONS]
Lives through what seeds decide, in virtual time, on the real functions over an AWS in memory that fails wherever AWS may,
and looks whether the promises hold. Seeds that have failed once (test/promises/seeds.txt) come first.

  --steps N      how many calls to AWS are made, altogether (default 1000000)
  --seed S       begin with this seed, and go on with the next ones (default 1); \`random\`: another one each time
  --run N        calls of each seed before it may come to rest (default 20000)
  --mutant NAME  plant the faults of test/promises/mutants.ts whose name contains this, and count the seeds until each is
                 noticed; \`all\` plants every one of them, and writes test/promises/mutants.md
  --trace TEXT   also prints each call to the database that matches this regular expression
  --threads N    seeds that are lived through at the same time (default: as many as there are processors)
  --keep-going   a seed that fails does not end the run
  --help         this

A seed that fails is added to seeds.txt. A long run says from time to time how far it is, and with which --seed and --steps it is
gone on with after it has been cut, as 100 million steps take hours: nice npm run test:promises -- --steps 100_000_000 --keep-going`;

export type Options = {
  readonly steps: number;
  readonly seed: number;
  readonly run: number;
  readonly mutant: string | undefined;
  readonly trace: string | undefined;
  readonly threads: number;
  readonly keepGoing: boolean;
  readonly help: boolean;
};

export function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      steps: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      run: { type: 'string', default: '20000' },
      mutant: { type: 'string' },
      trace: { type: 'string' },
      threads: { type: 'string', default: String(availableParallelism()) },
      'keep-going': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const seed =
    values.seed === 'random' ? Math.floor(Math.random() * 2 ** 31) : wholeNumber('seed', values.seed);
  return {
    ...{ seed, mutant: values.mutant, trace: values.trace, help: values.help },
    steps: wholeNumber('steps', values.steps),
    run: wholeNumber('run', values.run),
    threads: wholeNumber('threads', values.threads),
    keepGoing: values['keep-going'],
  };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text.replaceAll('_', ''));
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} takes a number, not ${text}`);
  return number;
}
