import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from './command-line.ts';
import { isKnown, knownFaults } from './known.ts';
import type { Violation } from './oracle/violations.ts';
import { type Acts, needed } from './simulation/acts.ts';
import type { Fault } from './simulation/faults.ts';
import { type RunOptions, type RunResult, run } from './simulation/run.ts';
import { shrink } from './simulation/shrink.ts';
import { bundleFunctions } from './system/bundle.ts';
import { simulatedModel } from './system/model.ts';
import { programOf } from './system/program.ts';

type Say = (line: string) => void;

/** A run as long as this has shown every fault that is there and not rare. */
const enoughSteps = 1_000_000;
const enoughForEveryAct = 100_000;

/** True where nothing was found but what is known, and that was found. */
export async function tryPromises(
  { steps, seed: first, run: perSeed, trace }: Options,
  say: Say,
): Promise<boolean> {
  const model = await simulatedModel();
  const program = programOf(await bundleFunctions());
  const began = performance.now();
  const seen = new Map<string, number>();
  const faults = new Map<string, number>();
  const acts: Acts = new Map();
  let [done, count, isGood] = [0, 0, true];
  for (const seed of seedsFrom(first)) {
    if (done >= steps) break;
    const traced = trace === undefined ? undefined : new RegExp(trace);
    const onCall = (call: string) => void (traced?.test(call) === true && say(call));
    const options = { model, program, seed, steps: Math.min(perSeed, steps), onCall };
    const result = await run(options);
    done += result.steps;
    count += 1;
    for (const { kind } of result.faults) faults.set(kind, (faults.get(kind) ?? 0) + 1);
    for (const [name, times] of result.acts) acts.set(name, (acts.get(name) ?? 0) + times);
    for (const kind of result.violations.keys()) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    const [unknown] = [...result.violations.values()].filter(({ kind }) => !isKnown(kind));
    if (unknown === undefined) continue;
    isGood = false;
    say(`seed ${seed}: ${said(unknown)}`);
    say(await smallest(options, result, unknown));
    break;
  }
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
}

/** Those that have failed before, then one after the other. */
function* seedsFrom(first: number): Iterable<number> {
  const kept = readFileSync(join(import.meta.dirname, 'seeds.txt'), 'utf8').split('\n');
  yield* kept.filter((line) => /^\d+$/.test(line)).map(Number);
  for (let seed = first; ; seed += 1) yield seed;
}

async function smallest(options: RunOptions, failed: RunResult, { kind }: Violation): Promise<string> {
  const result = await shrink(run, { ...options, onCall: () => undefined }, failed, kind);
  const at = result.violations.get(kind);
  const lines = result.faults.map(({ kind: fault, at: instant }: Fault) => `  ${since(instant)} ${fault}`);
  return [
    `with these ${lines.length} faults of ${failed.faults.length} it still happens:`,
    ...lines,
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
