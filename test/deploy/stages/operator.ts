import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';
import { sdkEnvironment } from '../cdk.ts';
import type { DeployRun } from '../deploy-run.ts';

const run = promisify(execFile);

/** The operator's commands as a person at a terminal gives them, with `--stack`. */
export async function checkOperator({ runner: { check }, miniStack }: DeployRun): Promise<void> {
  const admin = async (...words: readonly string[]) => {
    const env = { ...sdkEnvironment(miniStack), AWS_ENDPOINT_URL_LAMBDA: miniStack.endpoint };
    const args = ['admin/main.ts', ...words, '--stack', 'Lapse-Chat'];
    return (await run(process.execPath, args, { cwd: projectRoot, env })).stdout;
  };
  await check('admin consent show', async () => {
    assert.match(await admin('consent', 'show', 'alice'), /^alice: granted/);
  });
  await check('admin consent record', async () => {
    const words = ['--jurisdiction', 'KR', '--policy-version', '1', '--age-met'];
    assert.match(await admin('consent', 'record', 'carol', ...words), /^carol: granted/);
  });
  await check('admin purge status', async () => {
    assert.match(await admin('purge', 'status'), /1 message deleted/);
  });
  await check('admin retention preview', async () => {
    assert.match(await admin('retention', 'preview', '--retention', '1s'), /1 message in 1 conversation/);
  });
}
