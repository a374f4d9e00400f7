import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { quantile } from '../quantile.ts';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import { bundleFloor, prepareFloors } from './floor-subjects.ts';
import { assemblyOf, functionOf, type Prepared, prepareLapse, type World } from './lapse-subjects.ts';
import { makeCertificate, type Stub, startStub } from './stub.ts';

export type Peers = {
  /** An earlier checkout, with its dependencies installed. */
  readonly against?: string | undefined;
  /** A module that exports `peers`: other systems, fetched and built elsewhere. */
  readonly peers?: string | undefined;
  readonly posts: readonly number[];
  readonly rounds: number;
  readonly print: (line?: string) => void;
};

/** What takes a message and posts it to `posts` connections. */
type Subject = {
  readonly name: string;
  readonly file: string;
  prepare(world: World): Promise<Prepared>;
};

type Row = {
  readonly name: string;
  readonly environment: ExecutionEnvironment;
  readonly stub: Stub;
  readonly prepared: Prepared;
  readonly times: number[];
  readonly cpu: number[];
  peakMb: number;
};

/**
 * One sent message beside floors, an earlier build and other systems: each a process of its own, in turn in every round, with ratios
 * inside a round.
 */
export async function comparePeers(options: Peers): Promise<void> {
  const { against, posts, rounds, print } = options;
  const folder = await mkdtemp(join(tmpdir(), 'lapse-peers-'));
  try {
    const here = assemblyOf(projectRoot);
    const there = against === undefined ? undefined : assemblyOf(resolve(against));
    const given = options.peers === undefined ? [] : await givenPeers(options.peers);
    for (const each of posts) {
      const dynamodb = await startDynamoDb({ region: 'us-east-1' });
      const certificate = makeCertificate(folder);
      const world = { dynamodb, certificate, stub: await startStub(certificate), posts: each };
      const floors = remembered(async () => prepareFloors(world));
      const lapse = remembered(async () => prepareLapse(here, world));
      const subjects: readonly Subject[] = [
        { name: 'floor', file: bundleFloor('bare', folder), prepare: floors },
        { name: 'sdk-floor', file: bundleFloor('sdk', folder), prepare: floors },
        { name: 'lapse', file: functionOf(here, 'send').file, prepare: lapse },
        ...(there === undefined
          ? []
          : [{ name: 'before', file: functionOf(there, 'send').file, prepare: lapse }]),
        ...given,
      ];
      const rows = await measure(subjects, world, rounds);
      print(`\n${each} posts a message, ${rounds} rounds`);
      show(rows, print);
      world.stub.stop();
      await dynamodb.close();
    }
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function givenPeers(path: string): Promise<readonly Subject[]> {
  const module: { readonly peers: readonly Subject[] } = await import(pathToFileURL(resolve(path)).href);
  return module.peers;
}

function remembered(make: () => Promise<Prepared>): () => Promise<Prepared> {
  let made: Promise<Prepared> | undefined;
  return async () => {
    made ??= make();
    return made;
  };
}

async function measure(subjects: readonly Subject[], world: World, rounds: number): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { name, file, prepare } of subjects) {
    const prepared = await prepare(world);
    const stub = await startStub(world.certificate);
    const environment = await startEnvironment({ ...world, file, variables: prepared.variables, stub });
    rows.push({ name, environment, stub, prepared, times: [], cpu: [], peakMb: 0 });
  }
  const [few, many] = world.posts <= 5 ? [60, 300] : world.posts <= 100 ? [20, 60] : [8, 16];
  for (const row of rows) await runBatch(row, many, world.posts);
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another one, so that none always follows the same.
    const first = round % rows.length;
    for (const row of [...rows.slice(first), ...rows.slice(0, first)]) {
      const { times, cpuMs, peakMb } = await runBatch(row, few, world.posts);
      row.times.push(quantile(times, 0.5));
      row.cpu.push(cpuMs);
      row.peakMb = peakMb;
    }
  }
  for (const { environment, stub } of rows) {
    environment.stop();
    stub.stop();
  }
  return rows;
}

/** Every batch is checked: each message answered, posted to as many distinct connections as there are, all signed. */
async function runBatch({ name, environment, stub, prepared }: Row, count: number, wanted: number) {
  await stub.take();
  const answer = await environment.run(Array.from({ length: count }, () => prepared.event()));
  const { posts, distinct, unsigned } = await stub.take();
  if (posts !== count * wanted || distinct !== wanted || unsigned > 0)
    throw new Error(
      `${name}: ${posts} posts to ${distinct} for ${count} messages to ${wanted}, ${unsigned} unsigned`,
    );
  return answer;
}

function show(rows: readonly Row[], print: (line?: string) => void): void {
  const columns = ['p50 ms', '/floor', '/before', 'CPU ms', '/floor', '/before', 'peak MB', 'import ms'];
  print(`${''.padEnd(14)}${columns.map((column) => column.padStart(10)).join('')}`);
  const ratio = (values: readonly number[], others: readonly number[] | undefined): number =>
    others === undefined
      ? Number.NaN
      : quantile(
          values.map((value, round) => value / (others[round] ?? Number.NaN)),
          0.5,
        );
  const [floor, before] = ['floor', 'before'].map((wanted) => rows.find(({ name }) => name === wanted));
  for (const { name, environment, times, cpu, peakMb } of rows) {
    const figures = [
      ...[quantile(times, 0.5), ratio(times, floor?.times), ratio(times, before?.times)],
      ...[quantile(cpu, 0.5), ratio(cpu, floor?.cpu), ratio(cpu, before?.cpu)],
      ...[peakMb, environment.importMs],
    ];
    print(`${name.padEnd(14)}${figures.map((figure) => shown(figure).padStart(10)).join('')}`);
  }
}

const shown = (figure: number): string => (Number.isNaN(figure) ? '–' : figure.toFixed(2));
