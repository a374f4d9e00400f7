import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FunctionPool,
  type FunctionPoolOptions,
  functionPool,
} from '../../../../infra/local/functions/function-pool.ts';
import type { LocalFunction } from '../../../../infra/local/model/model.ts';

const endings: (() => Promise<void>)[] = [];

/** A bundle with this source, as esbuild would leave it. */
export async function bundle(source: string, extra: Partial<LocalFunction> = {}): Promise<LocalFunction> {
  const codePath = await mkdtemp(join(tmpdir(), 'lapse-function-'));
  endings.push(() => rm(codePath, { recursive: true }));
  await writeFile(join(codePath, 'index.mjs'), source);
  return {
    functionName: 'subject',
    codePath,
    handler: 'index.handler',
    environment: {},
    timeoutSeconds: 30,
    ...extra,
  };
}

export function poolOf(
  functions: readonly LocalFunction[],
  options: Partial<FunctionPoolOptions> = {},
): FunctionPool {
  const pool = functionPool(functions, { environment: { AWS_REGION: 'eu-west-1' }, ...options });
  endings.push(() => pool.close());
  return pool;
}

/** A pool of one function, called `subject`. */
export async function subject(
  source: string,
  extra: Partial<LocalFunction> = {},
  options: Partial<FunctionPoolOptions> = {},
): Promise<FunctionPool> {
  return poolOf([await bundle(source, extra)], options);
}

export async function payload(pool: FunctionPool, event: unknown = {}): Promise<unknown> {
  const result = await pool.invoke('subject', event);
  if (!result.ok) throw new Error(`${result.errorType}: ${result.errorMessage}`);
  return result.payload;
}

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});
