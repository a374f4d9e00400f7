import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';
import { packedClient, run } from '../lapse-client/packed.ts';

const source = join(projectRoot, 'packages', 'lapse-react');

/** An app of somebody's own, with the packages as they come from `npm pack`, and React of that version. */
export type InstalledApp = {
  readonly folder: string;
  readonly tarball: string;
  /** Runs one of the app's own programs. */
  run(program: string, ...args: readonly string[]): string;
  remove(): void;
};

function npm(folder: string, ...args: readonly string[]): void {
  execFileSync('npm', [...args, '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], {
    ...{ cwd: folder, stdio: 'pipe' },
  });
}

export function installedApp(react: '18' | '19'): InstalledApp {
  const copy = mkdtempSync(join(tmpdir(), 'lapse-react-'));
  const folder = mkdtempSync(join(tmpdir(), 'lapse-react-app-'));
  const client = packedClient();
  for (const name of ['package.json', 'README.md']) cpSync(join(source, name), join(copy, name));
  run(projectRoot, join(source, 'build', 'main.ts'), join(copy, 'dist'));
  npm(copy, 'pack', '--pack-destination', folder);
  const tarball = join(folder, 'lapse-react-0.1.0.tgz');
  const app = join(import.meta.dirname, 'app');
  for (const name of ['tsconfig.json', 'index.html', 'plain', 'src'])
    cpSync(join(app, name), join(folder, name), { recursive: true });
  cpSync(join(app, `react-${react}`, 'package.json'), join(folder, 'package.json'));
  npm(folder, 'install', client.tarball, tarball);
  return {
    folder,
    tarball,
    run: (program, ...args) => run(folder, join(folder, 'node_modules', program), ...args),
    remove() {
      client.remove();
      for (const each of [copy, folder]) rmSync(each, { recursive: true, force: true });
    },
  };
}
