import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processGone } from './process-gone.ts';
import { bundle } from './test-pool.ts';

const poolModule = new URL('../../../../infra/local/functions/function-pool.ts', import.meta.url).href;

test('when the process of the pool is killed, its environments go too, stopped ones included', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-orphans-'));
  const script = join(folder, 'parent.mjs');
  const fn = await bundle(
    'export const handler = async (event) => event.hang ? new Promise(() => setInterval(() => {}, 9)) : process.pid;',
  );
  await writeFile(
    script,
    `import { functionPool } from ${JSON.stringify(poolModule)};
     const fn = ${JSON.stringify(fn)};
     const pool = functionPool([fn, { ...fn, functionName: 'busy' }], { environment: {} });
     const idle = await pool.invoke('subject', {});
     const busy = await pool.invoke('busy', {});
     void pool.invoke('busy', { hang: true });
     process.send([idle.payload, busy.payload]);`,
  );
  const parent = fork(script, [], { execArgv: [] });
  const [pids]: number[][] = await once(parent, 'message');
  parent.kill('SIGKILL');
  await Promise.all((pids ?? []).map(processGone));
  expect(new Set(pids).size).toBe(2);
  await rm(folder, { recursive: true });
});
