import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from './command-line.ts';
import { isKnown, knownFaults } from './known.ts';
import type { Violation } from './oracle/violations.ts';
import { progressOf } from './progress.ts';
import { type Acts, needed } from './simulation/acts.ts';
import type { Fault } from './simulation/faults.ts';
import type { RunResult } from './simulation/run.ts';
import { type Runner, type RunnersDeps, runnersOf, type SeedOptions } from './simulation/runners.ts';
import { shrink } from './simulation/shrink.ts';
import { bundleFunctions } from './system/bundle.ts';
import { simulatedModel } from './system/model.ts';

type Say = (line: string) => void;

/** A run as long as this has shown every fault that is there and not rare. */
const enoughSteps = 1_000_000;
const enoughForEveryAct = 100_000;

/** In milliseconds. */
const betweenLines = 30_000;

/** True where nothing was found but what is known, and that was found. */
export async function tryPromises(
  { steps, seed: first, run: perSeed, trace, threads, keepGoing }: Options,
  say: Say,
): Promise<boolean> {
  const traced = trace === undefined ? undefined : new RegExp(trace);
  const deps: RunnersDeps = {
    model: await simulatedModel(),
    source: await bundleFunctions(),
    onCall: (call) => void (traced?.test(call) === true && say(call)),
  };
  const began = performance.now();
  const progress = progressOf({ steps, first, now: () => performance.now() });
  const seen = new Map<string, number>();
  const faults = new Map<string, number>();
  const acts: Acts = new Map();
  const failed = new Set<string>();
  const seeds = seedsFrom(first);
  let saidAt = began;
  const runners = runnersOf(trace === undefined ? Math.min(threads, Math.ceil(steps / perSeed)) : 1, deps);
  const onCut = () => {
    say(`cut; go on with ${progress.goOn()}`);
    process.exit(1);
  };
  process.once('SIGINT', onCut).once('SIGTERM', onCut);
  await Promise.all(runners.map(goOn));
  await Promise.all(runners.map(async (each) => each.close()));
  process.off('SIGINT', onCut).off('SIGTERM', onCut);
  let isGood = failed.size === 0;
  const { steps: done, seeds: count } = progress;
  const seconds = (performance.now() - began) / 1000;
  say(
    `${count} seeds from ${first}, ${done} steps, ${Math.round(seconds)} s, ${Math.round(done / seconds)} steps a second`,
  );
  say(`faults: ${listed(faults)}`);
  say(`done: ${listed(acts)}`);
  say(`known, and seen by so many seeds: ${listed(seen)}`);
  const stale = knownFaults.filter(
    ({ kind, isRare }) => isRare !== true && ![...seen.keys()].some((each) => each.startsWith(kind)),
  );
  if (isGood && done >= enoughSteps && stale.length > 0) {
    say(
      `no longer seen, so take them out of test/promises/known.ts: ${stale.map(({ kind }) => kind).join('; ')}`,
    );
    isGood = false;
  }
  const undone = needed.filter((name) => !acts.has(name));
  if (isGood && done >= enoughForEveryAct && undone.length > 0) {
    say(`never done, so nothing is shown of it: ${undone.join(', ')}`);
    isGood = false;
  }
  return isGood;

  async function goOn(runner: Runner): Promise<void> {
    while (progress.steps < steps && (keepGoing || failed.size === 0)) {
      const seed: number = seeds.next().value;
      progress.begun(seed);
      const options = { seed, steps: Math.min(perSeed, steps) };
      const result = await runner.run(options);
      progress.ended(seed, result.steps);
      for (const { kind } of result.faults) faults.set(kind, (faults.get(kind) ?? 0) + 1);
      for (const [name, times] of result.acts) acts.set(name, (acts.get(name) ?? 0) + times);
      for (const kind of result.violations.keys()) seen.set(kind, (seen.get(kind) ?? 0) + 1);
      const [unknown] = [...result.violations.values()].filter(
        ({ kind }) => !isKnown(kind) && !failed.has(kind),
      );
      if (unknown !== undefined) {
        failed.add(unknown.kind);
        say(`seed ${seed}: ${said(unknown)}`);
        keep(seed);
        say(await smallest(runner, options, result, unknown));
      }
      if (performance.now() - saidAt < betweenLines) continue;
      saidAt = performance.now();
      say(progress.line());
    }
  }
}

/** Those that have failed before, then one after the other. */
function* seedsFrom(first: number): Generator<number, never> {
  yield* keptSeeds();
  for (let seed = first; ; seed += 1) yield seed;
}

const linesShown = 40;
const keptIn = join(import.meta.dirname, 'seeds.txt');

const keptSeeds = (): readonly number[] =>
  readFileSync(keptIn, 'utf8')
    .split('\n')
    .filter((line) => /^\d+$/.test(line))
    .map(Number);

function keep(seed: number): void {
  if (!keptSeeds().includes(seed)) appendFileSync(keptIn, `${seed}\n`);
}

async function smallest(
  runner: Runner,
  options: SeedOptions,
  failed: RunResult,
  { kind }: Violation,
): Promise<string> {
  const result = await shrink(async (each) => runner.run(each), options, failed, kind);
  const at = result.violations.get(kind);
  const lines = result.faults.map(({ kind: fault, at: instant }: Fault) => `  ${since(instant)} ${fault}`);
  return [
    `with these ${lines.length} faults of ${failed.faults.length} it still happens, the last of them:`,
    ...lines.slice(-linesShown),
    `  ${at === undefined ? 'it did not happen again' : said(at)}`,
  ].join('\n');
}

const since = (instant: number) => new Date(instant).toISOString().slice(8, 23);

const said = ({ kind, detail, at, step }: Violation): string =>
  `${kind} (step ${step}, ${since(at)}): ${detail}`;

const listed = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
