import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { quantile } from '../quantile.ts';
import { lapseSubject } from './lapse-subject.ts';
import { cpuOf, memoryOf } from './process-tree.ts';
import { socketIoRelay, wsRelay } from './relay-subjects.ts';
import type { Pair, RunningSubject, Subject } from './subject.ts';

export type LocalComparison = {
  /** An earlier checkout, with its dependencies installed. */
  readonly against?: string | undefined;
  /** A folder in which `socket.io` and `socket.io-client` are installed. */
  readonly socketIo?: string | undefined;
  readonly pairs: readonly number[];
  readonly connections: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly print: (line?: string) => void;
};

type Row = { readonly perSecond: number[]; readonly cpu: number[] };

/** Longer than a surplus environment of a function is kept. */
const settleMs = 8_000;

/** The local runtime beside an earlier build, a bare relay and socket.io: messages a second in turn, then memory one by one. */
export async function compareLocal(options: LocalComparison): Promise<void> {
  const { against, socketIo } = options;
  const subjects: readonly Subject[] = [
    lapseSubject('lapse', projectRoot),
    ...(against === undefined ? [] : [lapseSubject('before', resolve(against))]),
    wsRelay,
    ...(socketIo === undefined ? [] : [socketIoRelay(socketIo)]),
  ];
  await compareThroughput(subjects, options);
  await compareMemory(subjects, options);
}

async function compareThroughput(subjects: readonly Subject[], options: LocalComparison): Promise<void> {
  const { pairs, rounds, seconds, print } = options;
  const most = Math.max(...pairs);
  const running: { readonly name: string; readonly subject: RunningSubject; readonly all: Pair[] }[] = [];
  for (const { name, start } of subjects) {
    const subject = await start();
    const all: Pair[] = [];
    while (all.length < most) all.push(await subject.pair(all.length));
    running.push({ name, subject, all });
  }
  for (const count of pairs) {
    const rows = new Map(running.map(({ name }): [string, Row] => [name, { perSecond: [], cpu: [] }]));
    for (const { all } of running) await exchange(all.slice(0, count), 2);
    for (let round = 0; round < rounds; round += 1) {
      for (const { name, subject, all } of inTurn(running, round)) {
        const before = cpuOf(subject.pid);
        const { messages, elapsed } = await exchange(all.slice(0, count), seconds);
        rows.get(name)?.perSecond.push(messages / elapsed);
        rows.get(name)?.cpu.push((cpuOf(subject.pid) - before) / messages);
      }
    }
    print(`\n${count} ${count === 1 ? 'pair' : 'pairs'}, ${rounds} rounds of ${seconds} s`);
    print(
      `${''.padEnd(12)}${['messages/s', 'ratio', 'CPU ms', 'ratio'].map((title) => title.padStart(12)).join('')}`,
    );
    const own = rows.get('lapse');
    for (const [name, row] of rows) {
      const cells = [
        quantile(row.perSecond, 0.5).toFixed(0),
        ratio(own?.perSecond, row.perSecond),
        quantile(row.cpu, 0.5).toFixed(2),
        ratio(own?.cpu, row.cpu),
      ];
      print(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(12)).join('')}`);
    }
  }
  for (const { subject, all } of running) {
    for (const pair of all) pair.close();
    await subject.stop();
  }
}

/** Each round begins with another one. */
const inTurn = <T>(all: readonly T[], round: number): readonly T[] => {
  const first = round % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
};

/** Ours to theirs, inside each round. */
const ratio = (ours: readonly number[] = [], theirs: readonly number[]): string =>
  quantile(
    theirs.map((value, round) => (ours[round] ?? Number.NaN) / value),
    0.5,
  ).toFixed(2);

/** Every pair says one thing after the other, each once the last one has arrived. */
async function exchange(pairs: readonly Pair[], seconds: number) {
  let messages = 0;
  const startedAt = performance.now();
  const until = startedAt + seconds * 1000;
  const talk = async (pair: Pair): Promise<void> => {
    while (performance.now() < until) {
      await pair.say();
      messages += 1;
    }
  };
  await Promise.all(pairs.map(talk));
  return { messages, elapsed: (performance.now() - startedAt) / 1000 };
}

async function compareMemory(subjects: readonly Subject[], options: LocalComparison): Promise<void> {
  const { connections, print } = options;
  if (connections === 0) return;
  print(`\nmemory with ${connections} idle connections, all processes together`);
  print(
    `${''.padEnd(12)}${['MB at first', 'MB', 'ratio', 'connects/s'].map((title) => title.padStart(12)).join('')}`,
  );
  let own = Number.NaN;
  for (const { name, start } of subjects) {
    const subject = await start();
    const leaves = [await subject.connect(0)];
    await wait(settleMs);
    const first = memoryOf(subject.pid);
    const startedAt = performance.now();
    while (leaves.length < connections) {
      const some = Array.from({ length: Math.min(20, connections - leaves.length) }, (_, index) =>
        subject.connect(leaves.length + index),
      );
      leaves.push(...(await Promise.all(some)));
    }
    const perSecond = (1000 * connections) / (performance.now() - startedAt);
    await wait(settleMs);
    const all = memoryOf(subject.pid);
    if (name === 'lapse') own = all;
    const cells = [first.toFixed(0), all.toFixed(0), (own / all).toFixed(2), perSecond.toFixed(0)];
    print(`${name.padEnd(12)}${cells.map((cell) => cell.padStart(12)).join('')}`);
    for (const leave of leaves) leave();
    await subject.stop();
  }
}
