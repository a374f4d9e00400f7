import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Builds `dist/`; with a folder, there instead. What it says of the client it takes from the client as it is built. */
const root = resolve(import.meta.dirname, '../../..');
const into = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist'));
const run = (...args: readonly string[]) =>
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });

run(join(root, 'packages', 'lapse-client', 'build', 'main.ts'));
run(
  join(root, 'node_modules', 'typescript', 'bin', 'tsc'),
  ...['--project', join(import.meta.dirname, '..', 'tsconfig.json'), '--outDir', into],
);
// The compiler rewrites what is imported in the code, and not in the declarations.
for (const name of readdirSync(into).filter((each) => each.endsWith('.d.ts'))) {
  const path = join(into, name);
  writeFileSync(path, readFileSync(path, 'utf8').replace(/(from ['"]\.[^'"]+)\.ts(['"])/g, '$1.js$2'));
}
