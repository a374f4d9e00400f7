import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import * as z from 'zod';
import type { LocalCredentials } from '../model/local-identity.ts';

export type RunningSystem = {
  readonly credentials: LocalCredentials;
  readonly region: string;
  readonly invokeUrl: string;
};

const folder = (environment: NodeJS.ProcessEnv = process.env): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lapse', 'running');

/** What the commands of this user sign with, by the port of the system that runs. */
export const credentialsFile = (port: number): string => join(folder(), `${port}.env`);

/** As the AWS CLI and the SDKs take it from the environment. */
const environmentOf = ({ credentials, region, invokeUrl }: RunningSystem): string =>
  Object.entries({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_ENDPOINT_URL_LAMBDA: invokeUrl,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

/** Returns what takes the file away again. */
export async function writeCredentials(port: number, system: RunningSystem): Promise<() => Promise<void>> {
  const file = credentialsFile(port);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // By renaming: what an earlier system left there may have been opened by somebody.
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  await writeFile(draft, environmentOf(system), { mode: 0o600, flag: 'wx' });
  await rename(draft, file);
  return () => rm(file, { force: true });
}

const shape = z.object({
  AWS_ACCESS_KEY_ID: z.string(),
  AWS_SECRET_ACCESS_KEY: z.string(),
  AWS_REGION: z.string(),
  AWS_ENDPOINT_URL_LAMBDA: z.string(),
});

/** `undefined` when no system of this user runs there. */
export async function readCredentials(port: number): Promise<RunningSystem | undefined> {
  const text = await readFile(credentialsFile(port), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const values = shape.parse(parseEnv(text));
  return {
    credentials: { accessKeyId: values.AWS_ACCESS_KEY_ID, secretAccessKey: values.AWS_SECRET_ACCESS_KEY },
    region: values.AWS_REGION,
    invokeUrl: values.AWS_ENDPOINT_URL_LAMBDA,
  };
}
