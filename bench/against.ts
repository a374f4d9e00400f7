import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePort } from '../infra/local/network/free-port.ts';
import { projectRoot } from '../infra/local/synthesis/synthesize.ts';
import { quantile } from './quantile.ts';

export type Against = {
  /** Another checkout, with its dependencies installed. */
  readonly other: string;
  readonly rounds: number;
  /** Nothing is kept from one round to the next. */
  readonly cold: boolean;
  /** Patterns of the test files that are run: all without any. */
  readonly tests: readonly string[];
  readonly print: (line?: string) => void;
};

/** Seconds that something takes in one checkout, with these folders for what it keeps and writes. */
type Timed = (checkout: string, folder: string) => Promise<number>;

/** From `npm start` to `ready`, in both checkouts in turn, so that a busy machine is as busy for both. */
export const compareStart = (options: Against): Promise<void> => compare('start to ready', options, start);

/** `npm test`, once in each per round. */
export const compareTest = (options: Against): Promise<void> =>
  compare('npm test', options, (checkout, folder) => test(checkout, folder, options.tests));

async function compare(what: string, options: Against, timed: Timed): Promise<void> {
  const { rounds, cold, print } = options;
  const parent = await mkdtemp(join(tmpdir(), 'lapse-bench-'));
  const checkouts = [
    { name: 'here', folder: projectRoot, seconds: [] as number[] },
    { name: 'there', folder: resolve(options.other), seconds: [] as number[] },
  ];
  const round = async (name: string, keep: boolean) => {
    for (const checkout of checkouts) {
      const own = join(parent, cold ? `${checkout.name}-${name}` : checkout.name);
      await mkdir(own, { recursive: true });
      const seconds = await timed(checkout.folder, own);
      if (keep) checkout.seconds.push(seconds);
      print(`${name.padEnd(10)} ${checkout.name.padEnd(8)} ${seconds.toFixed(2).padStart(9)} s`);
    }
  };
  try {
    if (!cold) await round('first', false);
    for (let index = 1; index <= rounds; index += 1) await round(`round ${index}`, true);
  } finally {
    await rm(parent, { recursive: true, force: true, maxRetries: 5 });
  }
  const [here, there] = checkouts.map(({ seconds }) => quantile(seconds, 0.5));
  print();
  print(`${what}, ${cold ? 'nothing kept' : 'the second time'}, median of ${rounds}`);
  print(
    `here ${here?.toFixed(2)} s, there ${there?.toFixed(2)} s, ratio ${((here ?? 0) / (there ?? 1)).toFixed(3)}`,
  );
}

/** What a checkout keeps between two runs, whichever way it does, is its own. */
const environmentIn = (folder: string) => ({
  ...process.env,
  XDG_CACHE_HOME: join(folder, 'cache'),
  TMPDIR: folder,
});

async function start(checkout: string, folder: string): Promise<number> {
  const port = await freePort(2);
  const startedAt = performance.now();
  const npm = spawn('npm', ['start', '-s', '--', '--port', String(port)], {
    cwd: checkout,
    env: environmentIn(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seconds = await readyAfter(npm, startedAt);
  npm.stdout.resume();
  npm.kill('SIGINT');
  if (npm.exitCode === null) await once(npm, 'exit');
  return seconds;
}

async function readyAfter(child: ChildProcess, startedAt: number): Promise<number> {
  if (child.stdout === null) throw new Error('no output to read');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('ready ')) return (performance.now() - startedAt) / 1000;
  }
  throw new Error('it ended before it was ready');
}

async function test(checkout: string, folder: string, tests: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  const args = [
    'test',
    '-s',
    '--',
    ...tests,
    '--cacheDirectory',
    join(folder, 'jest'),
    '--silent',
    '--reporters=summary',
  ];
  const npm = spawn('npm', args, {
    cwd: checkout,
    env: environmentIn(folder),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(npm, 'exit');
  if (code !== 0) process.stderr.write(`npm test in ${checkout} ended with ${String(code)}\n`);
  return (performance.now() - startedAt) / 1000;
}
