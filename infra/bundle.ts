import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

/** CommonJS inside the SDK asks for `require`, which an ES module does not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Bundles every `<source>/<name>/handler.ts` to `<target>/<name>/index.mjs`; answers the names. */
export function bundle(source: string, target: string): readonly string[] {
  const names = functionNames(source);
  const { outputFiles } = buildSync({
    entryPoints: names.map((name) => ({ in: join(source, name, 'handler.ts'), out: join(name, 'index') })),
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: { js: banner },
    logLevel: 'error',
    write: false,
  });
  for (const { path, contents } of outputFiles) writeWhenChanged(path, contents);
  return names;
}

function functionNames(source: string): readonly string[] {
  return readdirSync(source)
    .filter((name) => existsSync(join(source, name, 'handler.ts')))
    .toSorted();
}

/** By renaming: another synth may be reading the same bundle. */
function writeWhenChanged(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
