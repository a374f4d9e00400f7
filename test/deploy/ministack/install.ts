import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../../../infra/local/process/startup-error.ts';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

const run = promisify(execFile);
const requirements = join(import.meta.dirname, 'requirements.txt');
const environment = join(projectRoot, '.venv');
/** A copy of what is installed: written last, so that a broken installation is made again. */
const installed = join(environment, 'requirements.txt');

/** MiniStack and all it needs at the versions in requirements.txt, in a virtual environment; answers its Python. */
export async function installMiniStack(say: (line: string) => void): Promise<string> {
  const python = join(environment, 'bin', 'python');
  if (existsSync(installed) && readFileSync(installed).equals(readFileSync(requirements))) return python;
  await requirePython();
  say('installing MiniStack into .venv');
  await run('python3', ['-m', 'venv', '--clear', environment]);
  await run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
  await copyFile(requirements, installed);
  return python;
}

async function requirePython(): Promise<void> {
  const probe = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))';
  try {
    await run('python3', ['-c', probe]);
  } catch {
    throw new StartupError(
      'test:deploy needs Python 3.10 or newer with venv: `apt-get install python3-venv` or `brew install python`, then again',
    );
  }
  try {
    await run('openssl', ['version']);
  } catch {
    throw new StartupError(
      'test:deploy needs openssl for a certificate: `apt-get install openssl`, then again',
    );
  }
}
