import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startDynamoDb } from '../../infra/local/dynamodb/start-dynamodb.ts';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';
import { startEnvironment } from '../peers/environment.ts';
import { assemblyOf, functionOf, prepareLapse } from '../peers/lapse-subjects.ts';
import { makeCertificate, startStub } from '../peers/stub.ts';
import { quantile } from '../quantile.ts';
import { distantDynamoDb } from './distant-dynamodb.ts';

export type Busy = {
  /** An earlier checkout, with its dependencies installed. */
  readonly against?: string | undefined;
  readonly writers: readonly number[];
  readonly rounds: number;
  readonly print: (line?: string) => void;
};

type Subject = { readonly name: string; readonly file: string };
type Found = {
  readonly perSecond: number;
  readonly p95: number;
  readonly written: number;
  readonly refused: number;
};

const seconds = 6;
/** Of a call to DynamoDB, in milliseconds. */
const delay = () => 4 + Math.random() * 4;

/**
 * Several people write into one conversation, each in an execution environment of its own and the next message as soon as the last one is
 * acked. The builds take turns; ratios are formed inside a round.
 */
export async function compareBusy({ against, writers, rounds, print }: Busy): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-busy-'));
  const here = assemblyOf(projectRoot);
  const subjects: Subject[] = [{ name: 'lapse', file: functionOf(here, 'send').file }];
  if (against !== undefined)
    subjects.push({ name: 'before', file: functionOf(assemblyOf(resolve(against)), 'send').file });
  const dynamodb = await startDynamoDb({ region: 'us-east-1' });
  const certificate = makeCertificate(folder);
  const stub = await startStub(certificate);
  const distant = await distantDynamoDb(dynamodb.endpoint, delay);
  try {
    const prepared = await prepareLapse(here, { dynamodb, stub, certificate, posts: 1 });
    const variables = { ...prepared.variables, AWS_ENDPOINT_URL_DYNAMODB: distant.endpoint };
    for (const count of writers) {
      const found = new Map(subjects.map(({ name }) => [name, [] as Found[]]));
      for (let round = 0; round < rounds; round += 1)
        for (const { name, file } of round % 2 === 0 ? subjects : subjects.toReversed())
          found.get(name)?.push(await among(count, file));
      print(`\n${count} writers, ${rounds} rounds of ${seconds} s: medians`);
      for (const [name, each] of found) {
        const median = (of: keyof Found) =>
          quantile(
            each.map((one) => one[of]),
            0.5,
          );
        const before = found.get('before');
        const ratios = before?.map(
          (other, round) => (each[round]?.perSecond ?? Number.NaN) / other.perSecond,
        );
        print(
          `${name.padEnd(8)} ${median('perSecond').toFixed(1)} messages/s, ${quantile(ratios ?? [], 0.5).toFixed(2)} of before; ` +
            `p95 ${median('p95').toFixed(0)} ms; ${median('written').toFixed(2)} WCU and ${median('refused').toFixed(2)} refused writes a message`,
        );
      }
    }

    async function among(count: number, file: string): Promise<Found> {
      const environments = await Promise.all(
        Array.from({ length: count }, () => startEnvironment({ file, variables, stub, certificate })),
      );
      for (const each of environments) await each.run([prepared.event()]);
      distant.take();
      const times: number[] = [];
      const begun = performance.now();
      const isOver = () => performance.now() - begun > seconds * 1_000;
      await Promise.all(
        environments.map(async (each) => {
          while (!isOver()) times.push(...(await each.run([prepared.event()])).times);
        }),
      );
      const took = (performance.now() - begun) / 1_000;
      const { written, refused } = distant.take();
      for (const each of environments) each.stop();
      return {
        perSecond: times.length / took,
        p95: quantile(times, 0.95),
        written: written / times.length,
        refused: refused / times.length,
      };
    }
  } finally {
    distant.stop();
    stub.stop();
    await dynamodb.close();
    await rm(folder, { recursive: true });
  }
}
