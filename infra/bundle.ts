import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { buildSync, type Metafile } from 'esbuild';
import { unbundledPackages } from './unbundled-packages.ts';

/** CommonJS inside the SDK asks for `require`, which an ES module does not have. */
const banner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/** Whatever a bundle imports from it is got this way. */
const nodeHttp = join(import.meta.dirname, 'node-http.cjs');

/** Bundles every `<source>/<name>/handler.ts` to `<target>/<name>/index.mjs`; answers the names. */
export function bundle(source: string, target: string): readonly string[] {
  const names = functionNames(source);
  const { outputFiles, metafile } = buildSync({
    entryPoints: names.map((name) => ({ in: join(source, name, 'handler.ts'), out: join(name, 'index') })),
    outdir: target,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: [...unbundledPackages.keys()],
    alias: { http: nodeHttp, 'node:http': nodeHttp },
    banner: { js: banner },
    logLevel: 'error',
    metafile: true,
    write: false,
  });
  for (const { path, contents } of outputFiles) writeWhenChanged(path, contents);
  for (const [path, { imports }] of Object.entries(metafile.outputs)) layBeside(resolve(path), imports);
  return names;
}

function functionNames(source: string): readonly string[] {
  return readdirSync(source)
    .filter((name) => existsSync(join(source, name, 'handler.ts')))
    .toSorted();
}

/** Only what this one bundle imports: the others do not grow. */
function layBeside(bundled: string, imports: Metafile['outputs'][string]['imports']): void {
  for (const [name, files] of unbundledPackages) {
    if (!imports.some(({ path }) => path === name || path.startsWith(`${name}/`))) continue;
    for (const file of files) {
      const place = join('node_modules', name, file);
      writeWhenChanged(join(dirname(bundled), place), readFileSync(join(import.meta.dirname, '..', place)));
    }
  }
}

/** By renaming: another synth may be reading the same bundle. */
function writeWhenChanged(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}
