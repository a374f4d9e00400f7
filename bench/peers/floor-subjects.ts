import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { createTables } from '../../infra/local/dynamodb/create-tables.ts';
import { callbackUrl, connectionIdOf, messageEvent } from './events.ts';
import type { Prepared, World } from './lapse-subjects.ts';

const tables = [
  ['floor-connections', 'connectionId'],
  ['floor-messages', 'id'],
] as const;

/** One file, as Lapse's functions are. */
export function bundleFloor(name: 'bare' | 'sdk', folder: string): string {
  const outfile = join(folder, `${name}.mjs`);
  buildSync({
    entryPoints: [join(import.meta.dirname, 'floors', `${name}.ts`)],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as __c } from 'node:module'; const require = __c(import.meta.url);",
    },
    logLevel: 'error',
  });
  return outfile;
}

/** Both floors know who is connected from one partition, and store beside it. */
export async function prepareFloors({ dynamodb, posts }: World): Promise<Prepared> {
  await createTables(
    dynamodb.call,
    tables.map(([tableName, range]) => ({
      tableName,
      attributeTypes: { conversationId: 'S', [range]: 'S' },
      keys: [
        { name: 'conversationId', keyType: 'HASH' as const },
        { name: range, keyType: 'RANGE' as const },
      ],
      indexes: [],
    })),
  );
  for (let index = 0; index < posts; index += 1) {
    const Item = { conversationId: { S: 'c' }, connectionId: { S: connectionIdOf() } };
    await dynamodb.call('PutItem', { TableName: 'floor-connections', Item });
  }
  const text = 'x'.repeat(256);
  const opened = { connectionId: connectionIdOf() };
  return {
    variables: { BENCH_CALLBACK: callbackUrl, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint },
    event: () => messageEvent(opened, { action: 'send', ...{ conversationId: 'c', text } }),
  };
}
