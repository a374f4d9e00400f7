import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../infra/bundle.ts';

const folder = mkdtempSync(join(tmpdir(), 'lapse-'));
const source = join(folder, 'functions');
const target = join(folder, 'bundles');

function write(path: string, text: string): void {
  mkdirSync(join(source, path, '..'), { recursive: true });
  writeFileSync(join(source, path), text);
}

beforeAll(() => {
  write(
    'one/handler.ts',
    "import { word } from '../word.ts';\nexport const handler = async (): Promise<string> => word;",
  );
  write(
    'two/handler.ts',
    "import { basename } from 'node:path';\nexport const handler = () => basename('a/two');",
  );
  write('old/handler.ts', "const os = require('node:os');\nexport const handler = () => typeof os.tmpdir;");
  write('word.ts', "export const word = 'one';");
  write('notes/readme.md', 'no handler here');
});

async function handlerOf(name: string): Promise<() => unknown> {
  const loaded: { handler: () => unknown } = await import(
    pathToFileURL(join(target, name, 'index.mjs')).href
  );
  return loaded.handler;
}

test('every folder with a handler is bundled', () => {
  expect(bundle(source, target)).toEqual(['old', 'one', 'two']);
  expect(readdirSync(target).toSorted()).toEqual(['old', 'one', 'two']);
});

test('a bundle is one module that stands alone', async () => {
  bundle(source, target);
  expect(readdirSync(join(target, 'one'))).toEqual(['index.mjs']);
  expect(await (await handlerOf('one'))()).toBe('one');
});

test('a bundle finds what Node brings, by import and by require', async () => {
  bundle(source, target);
  expect((await handlerOf('two'))()).toBe('two');
  expect((await handlerOf('old'))()).toBe('function');
});

test.each([
  ["{ request } from 'node:http'", 'request'],
  ["* as http from 'http'", 'http.request'],
  ["http from 'node:http'", 'http.request'],
])('a bundle that asks by HTTP does not load fetch for it: import %s', (imported, used) => {
  write('http/handler.ts', `import ${imported};\nexport const handler = () => typeof ${used};`);
  bundle(source, target);
  const url = pathToFileURL(join(target, 'http', 'index.mjs')).href;
  const script = `const { handler } = await import('${url}');
    process.stdout.write(handler() + process.moduleLoadList.some((name) => name.includes('undici')));`;
  const options = ['--input-type=module', '--eval', script];
  expect(execFileSync(process.execPath, options, { encoding: 'utf8' })).toBe('functionfalse');
});

test('a bundle that did not change is not written again', () => {
  bundle(source, target);
  const before = statSync(join(target, 'two', 'index.mjs')).ino;
  bundle(source, target);
  expect(statSync(join(target, 'two', 'index.mjs')).ino).toBe(before);
});

test('a package with WebAssembly lies beside the one bundle that imports it', () => {
  write('decode/handler.ts', "export const handler = async () => (await import('wasm-vips')).default;");
  bundle(source, target);
  expect(readdirSync(join(target, 'decode', 'node_modules', 'wasm-vips', 'lib')).toSorted()).toEqual([
    'vips-heif.wasm',
    'vips-node.mjs',
    'vips.wasm',
  ]);
  expect(readdirSync(join(target, 'one'))).toEqual(['index.mjs']);
});
