import { mkdtempSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { bundle } from '../../infra/bundle.ts';
import { unbundledPackages } from '../../infra/unbundled-packages.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapse-'));
const names = bundle('functions', folder);
const textOf = (name: string) => readFileSync(join(folder, name, 'index.mjs'), 'utf8');

/** A cold start reads and compiles all of it: more than this is to be asked for and not to happen. */
const mostBytes = 720_000;
const exceptions: Readonly<Record<string, number>> = {
  // Only count, in one table, by a thin client; most of the rest is zod.
  ping: 150_000,
  default: 150_000,
  // Reads films and sounds; the large decoders lie beside it.
  'process-media': 1_200_000,
};

test.each(names)('the bundle of %s is no larger than it has to be', (name) => {
  expect(Buffer.byteLength(textOf(name))).toBeLessThan(exceptions[name] ?? mostBytes);
});

/** As esbuild reads the bundle again: what it would have to find elsewhere. */
const { metafile } = buildSync({
  entryPoints: names.map((name) => join(folder, name, 'index.mjs')),
  outdir: join(folder, 'again'),
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  logLevel: 'silent',
  metafile: true,
  write: false,
});

test.each(names)(
  'the bundle of %s needs nothing but Node and what lies beside it: the SDK is inside',
  (name) => {
    const [, read] =
      Object.entries(metafile.inputs).find(([path]) => path.endsWith(`/${name}/index.mjs`)) ?? [];
    const isThere = (module: string) =>
      isBuiltin(module) || (name === 'process-media' && unbundledPackages.has(module.split('/')[0] ?? ''));
    expect(read?.imports.map(({ path }) => path).filter((module) => !isThere(module))).toEqual([]);
  },
);

test.each(names)('the bundle of %s is a minified ES module', (name) => {
  const text = textOf(name);
  expect(/export\{[^}]*\bas handler\b[^}]*\}/.test(text)).toBe(true);
  expect(text.length / text.split('\n').length).toBeGreaterThan(80);
});
