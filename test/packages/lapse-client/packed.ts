import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

const source = join(projectRoot, 'packages', 'lapse-client');

/** Runs a program of Node.js; its output, also that of one that fails, in the error. */
export function run(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args[0]} failed: ${stdout}${stderr}`);
  return stdout;
}

/** The package as an app gets it: built, packed, and installed into an empty project. */
export type PackedClient = {
  readonly app: string;
  readonly tarball: string;
  remove(): void;
};

export function packedClient(): PackedClient {
  const copy = mkdtempSync(join(tmpdir(), 'lapse-client-'));
  const app = mkdtempSync(join(tmpdir(), 'lapse-app-'));
  const npm = (folder: string, ...args: readonly string[]) =>
    execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], {
      ...{ cwd: folder, encoding: 'utf8', stdio: 'pipe' },
    });
  for (const name of ['package.json', 'README.md']) cpSync(join(source, name), join(copy, name));
  run(projectRoot, join(source, 'build', 'main.ts'), join(copy, 'dist'));
  npm(copy, 'pack', '--pack-destination', app);
  const tarball = join(app, 'lapse-client-0.1.0.tgz');
  writeFileSync(join(app, 'package.json'), '{"type": "module", "private": true}');
  npm(app, 'install', tarball);
  return {
    app,
    tarball,
    remove() {
      for (const folder of [app, copy]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
