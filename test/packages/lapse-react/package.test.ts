import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { type InstalledApp, installedApp } from './installed-app.ts';

let app: InstalledApp;
const installed = () => join(app.folder, 'node_modules', 'lapse-react');

beforeAll(() => {
  app = installedApp('18');
}, 240_000);
afterAll(() => app?.remove());

test('it takes nothing but its peers', () => {
  const files = readdirSync(join(installed(), 'dist'));
  expect(files).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
  const texts = files.map((name) => readFileSync(join(installed(), 'dist', name), 'utf8'));
  const from = texts.flatMap((text) => [...text.matchAll(/(?:\sfrom\s+|import\s*\(?)['"]([^'"]+)['"]/g)]);
  const names = new Set(from.map(([, name = '']) => name).filter((name) => !/^\.\/[\w-]+\.js$/.test(name)));
  expect([...names].sort()).toEqual(['lapse-client', 'react']);
});

test('publint finds nothing, and its types are right wherever an ES module can be had', async () => {
  const { messages } = await publint({ pkgDir: installed(), strict: true });
  expect(messages).toEqual([]);
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(app.tarball)));
  if (!('problems' in checked)) throw new Error('no types were found');
  const expected = (problem: (typeof checked.problems)[number]) =>
    problem.kind === 'CJSResolvesToESM' ||
    (problem.kind === 'NoResolution' && problem.resolutionKind === 'node10');
  expect(checked.problems.filter((problem) => !expected(problem))).toEqual([]);
});

test.each([
  ['all of it', '*', 2_800],
  ['one hook', '{ useConnection }', 700],
])('%s is small', async (_what, names, most) => {
  const { outputFiles } = await build({
    stdin: { contents: `export ${names} from 'lapse-react';`, resolveDir: app.folder },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, external: ['react'] },
    logLevel: 'silent',
  });
  const bytes = gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length;
  expect(bytes).toBeLessThan(most);
  expect(bytes).toBeGreaterThan(most - 700);
});
