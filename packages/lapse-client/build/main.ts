import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { clientProgram } from './client-program.ts';
import { codeOf } from './code.ts';
import { declarationsOf } from './declarations.ts';

/** Builds `dist/` from the sources of the client in this repository; with a folder, there instead. */
const root = resolve(import.meta.dirname, '../../..');
const into = resolve(process.argv[2] ?? join(import.meta.dirname, '..', 'dist'));
const entries = ['index', 'basic'].map((name) => join(root, 'client', `${name}.ts`));

rmSync(into, { recursive: true, force: true });
const program = clientProgram(root, entries);
put('.js', codeOf(program, entries));
put('.d.ts', declarationsOf(program, root, entries));

function put(extension: string, texts: ReadonlyMap<string, string>): void {
  for (const [path, text] of texts) {
    const target = join(into, relative(root, path).replace(/\.ts$/, extension));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
