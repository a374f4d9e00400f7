import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartupError } from '../process/startup-error.ts';

export type SynthesizeOptions = {
  /** Where the cloud assembly goes. */
  readonly folder: string;
  /** An operator configuration other than ./lapse.config.json. */
  readonly configFile?: string | undefined;
  readonly signal?: AbortSignal | undefined;
};

export const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

/** Runs the CDK app as a program of its own, so that its memory is free again when the system starts. */
export async function synthesize({ folder, configFile, signal }: SynthesizeOptions): Promise<void> {
  signal?.throwIfAborted();
  const context =
    configFile === undefined ? {} : { CDK_CONTEXT_JSON: JSON.stringify({ config: resolve(configFile) }) };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join('infra', 'app.ts')], {
    cwd: projectRoot,
    // CDK's own template validator takes half of the time; `cdk synth` and `cdk deploy` run it.
    env: { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false', ...context },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Waited for to its end: what it still writes must not be left behind.
  signal?.addEventListener('abort', () => child.kill(), { once: true });
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  if (code !== 0) throw new StartupError(complaint.trim() || `synthesis ended with code ${String(code)}`);
}
