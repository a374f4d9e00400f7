import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import type { SystemModel } from '../../infra/local/model/system-model.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { quantile } from '../quantile.ts';
import { type CpuShare, cpuShare } from './cpu-share.ts';
import { type ExecutionEnvironment, startEnvironment } from './environment.ts';
import { bundleFloor, prepareFloors } from './floor-subjects.ts';
import { assemblyOf, functionOf, type Prepared, prepareLapse, type World } from './lapse-subjects.ts';
import { type Measured, showFurtherPosts, showRows } from './show-rows.ts';
import { makeCertificate, type Stub, startStub } from './stub.ts';

export type Peers = {
  /** An earlier checkout, with its dependencies installed. */
  readonly against?: string | undefined;
  /** A module that exports `peers`: other systems, fetched and built elsewhere. */
  readonly peers?: string | undefined;
  readonly posts: readonly number[];
  readonly rounds: number;
  /** Of one core, for each subject by itself. */
  readonly vcpu?: number | undefined;
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
  readonly share: CpuShare | undefined;
  readonly times: number[];
  readonly cpu: number[];
  peakMb: number;
};

/**
 * One sent message beside floors, an earlier build and other systems: each a process of its own, in turn in every round, with ratios
 * inside a round.
 */
export async function comparePeers(options: Peers): Promise<void> {
  const { against, posts, print } = options;
  const folder = await mkdtemp(join(tmpdir(), 'lapse-peers-'));
  try {
    const here = assemblyOf(projectRoot);
    const there = against === undefined ? undefined : assemblyOf(resolve(against));
    const given = options.peers === undefined ? [] : await givenPeers(options.peers);
    const sizes: { readonly posts: number; readonly rows: readonly Measured[] }[] = [];
    for (const each of posts) {
      const dynamodb = await startDynamoDb({ region: 'us-east-1' });
      const certificate = makeCertificate(folder);
      const world = { dynamodb, certificate, stub: await startStub(certificate), posts: each };
      // The tables of both builds bear the same names.
      const itsOwn = there && (await startDynamoDb({ region: 'us-east-1' }));
      const floors = remembered(async () => prepareFloors(world));
      const subjects: readonly Subject[] = [
        { name: 'floor', file: bundleFloor('bare', folder), prepare: floors },
        { name: 'sdk-floor', file: bundleFloor('sdk', folder), prepare: floors },
        lapse('lapse', here, world),
        ...(there && itsOwn ? [lapse('before', there, { ...world, dynamodb: itsOwn })] : []),
        ...given,
      ];
      const rows = await measure(subjects, world, options);
      print(`\n${each} posts a message, ${options.rounds} rounds`);
      const peers = given.map(({ name }) => name);
      showRows(rows, peers, print);
      sizes.push({ posts: each, rows });
      world.stub.stop();
      await itsOwn?.close();
      await dynamodb.close();
    }
    showFurtherPosts(sizes, print);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const lapse = (name: string, model: SystemModel, world: World): Subject => ({
  name,
  file: functionOf(model, 'send').file,
  prepare: async () => prepareLapse(model, world),
});

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

async function measure(
  subjects: readonly Subject[],
  world: World,
  { rounds, vcpu }: Pick<Peers, 'rounds' | 'vcpu'>,
): Promise<readonly Measured[]> {
  const rows: Row[] = [];
  for (const { name, file, prepare } of subjects) {
    const prepared = await prepare(world);
    const stub = await startStub(world.certificate);
    const environment = await startEnvironment({ ...world, file, variables: prepared.variables, stub });
    const share = vcpu === undefined ? undefined : cpuShare(vcpu, name);
    rows.push({ name, environment, stub, prepared, share, times: [], cpu: [], peakMb: 0 });
  }
  const [few, many] = world.posts <= 5 ? [60, 300] : world.posts <= 100 ? [20, 60] : [8, 16];
  for (const row of rows) await runBatch(row, many, world.posts);
  // The compiler has settled by then: what is measured is a warm function.
  for (const { share, environment } of rows) share?.add(environment.processId);
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
  for (const { environment, stub, share } of rows) {
    environment.stop();
    stub.stop();
    await share?.remove();
  }
  return rows.map((row) => ({ ...row, importMs: row.environment.importMs }));
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
