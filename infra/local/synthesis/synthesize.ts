import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { StartupError } from '../process/startup-error.ts';
import { synthesisEnvironment } from './synthesis-environment.ts';

export const projectRoot = resolve(import.meta.dirname, '..', '..', '..');

type ProgramOptions = {
  /** Where the result goes. */
  readonly folder: string;
  readonly project?: string;
  /** Where Node.js keeps what it has compiled, so that the next one starts sooner. */
  readonly compiled?: string;
  readonly signal?: AbortSignal | undefined;
};

export type SynthesizeOptions = ProgramOptions & {
  /** An operator configuration other than ./lapse.config.json. */
  readonly configFile?: string | undefined;
  /** Bundles that are there already: the assembly refers to them and holds no copy. */
  readonly bundles?: string;
};

/** Runs the CDK app as a program of its own, so that its memory is free again when the system starts. */
export async function synthesize({ configFile, bundles, ...options }: SynthesizeOptions): Promise<void> {
  const context = {
    ...(configFile !== undefined && { config: resolve(configFile) }),
    ...(bundles !== undefined && { bundles, 'aws:cdk:disable-asset-staging': true }),
  };
  await runProgram(join('infra', 'app.ts'), [], options, {
    ...synthesisEnvironment(),
    CDK_CONTEXT_JSON: JSON.stringify(context),
    CDK_OUTDIR: options.folder,
    // CDK's own template validator takes half of the time; `cdk synth` and `cdk deploy` run it.
    CDK_VALIDATION: 'false',
  });
}

/** The bundles alone, as `infra/app.ts` makes them. */
export async function bundleFunctions(options: ProgramOptions): Promise<void> {
  const program = join('infra', 'local', 'synthesis', 'bundle-functions.ts');
  await runProgram(program, [options.folder], options, synthesisEnvironment());
}

async function runProgram(
  program: string,
  args: readonly string[],
  { project = projectRoot, signal, compiled }: ProgramOptions,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  signal?.throwIfAborted();
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    cwd: project,
    env: { ...env, ...(compiled !== undefined && { NODE_COMPILE_CACHE: compiled }) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // Waited for to its end: what it still writes must not be left behind.
  const stop = () => child.kill();
  signal?.addEventListener('abort', stop, { once: true });
  const [complaint, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  signal?.removeEventListener('abort', stop);
  if (code !== 0) throw new StartupError(complaint.trim() || `synthesis ended with code ${String(code)}`);
}
