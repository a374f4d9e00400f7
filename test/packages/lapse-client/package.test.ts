import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build } from 'esbuild';
import { publint } from 'publint';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';
import { type PackedClient, packedClient, run } from './packed.ts';

const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
let packed: PackedClient;
const installed = () => join(packed.app, 'node_modules', 'lapse-client');

beforeAll(() => {
  packed = packedClient();
});
afterAll(() => packed?.remove());

test('it brings nothing with it, and has nothing of the server, of zod or of Node.js in it', () => {
  const others = readdirSync(join(packed.app, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(others).toEqual(['lapse-client']);
  const files = readdirSync(installed(), { recursive: true, encoding: 'utf8' });
  expect(files).toEqual(
    expect.arrayContaining(['dist/client/index.js', 'dist/client/basic.js', 'README.md']),
  );
  const texts = files
    .filter((name) => /\.(js|ts)$/.test(name))
    .map((name) => readFileSync(join(installed(), name), 'utf8'));
  const from = texts.flatMap((text) => [...text.matchAll(/(?:\sfrom\s+|import\s*\(?)['"]([^'"]+)['"]/g)]);
  expect(from.length).toBeGreaterThan(30);
  expect(from.map(([, name]) => name).filter((name) => !/^\.\.?\/.*\.js$/.test(name ?? ''))).toEqual([]);
  expect(texts.filter((text) => /\bzod\b|\$Zod|node:|\bBuffer\b|NodeJS\./.test(text))).toEqual([]);
});

test('publint finds nothing', async () => {
  const { messages } = await publint({ pkgDir: installed(), strict: true });
  expect(messages).toEqual([]);
});

test('its types are right wherever an ES module can be had', async () => {
  const checked = await checkPackage(createPackageFromTarballData(readFileSync(packed.tarball)));
  if (!('problems' in checked)) throw new Error('no types were found');
  // CommonJS that cannot load an ES module is told so, and the resolution of before 2022 knows no `exports`.
  const expected = (problem: (typeof checked.problems)[number]) =>
    problem.kind === 'CJSResolvesToESM' ||
    (problem.kind === 'NoResolution' && problem.resolutionKind === 'node10');
  expect(checked.problems.filter((problem) => !expected(problem))).toEqual([]);
});

/** What a bundler makes of an app that takes this and nothing else. */
async function bundled(code: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: packed.app },
    ...{ bundle: true, minify: true, format: 'esm', target: 'es2022', write: false },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

test.each([
  ['lapse-client/basic', 'basicClient', 13_900],
  ['lapse-client', 'lapseClient', 16_900],
])('%s is small: %s', async (name, made, most) => {
  const bytes = gzipSync(await bundled(`export { ${made} } from '${name}';`), { level: 9 }).length;
  expect(bytes).toBeLessThan(most);
  expect(bytes).toBeGreaterThan(most - 1_000);
});

test('what an app does not use is left out', async () => {
  const error = await bundled(`export { LapseError } from 'lapse-client';`);
  expect(error.length).toBeLessThan(1_000);
});

const app = `
import { basicClient } from 'lapse-client/basic';
import { type ClientState, type LapseClient, LapseError, lapseClient, type MessageBody } from 'lapse-client';

class Silent {
  constructor(readonly url: string, readonly protocols: string[]) {}
  send(): void {}
  close(): void {}
  addEventListener(): void {}
}
const client: LapseClient = lapseClient({ url: 'wss://example.com/v1', token: async () => 'token', WebSocket: Silent });
const states: ClientState['name'][] = [];
client.on('state', ({ name }) => states.push(name));
client.on('message', (message: MessageBody) => {
  const { content } = message;
  // @ts-expect-error not every message is a text
  void content.text;
  if (content.type === 'text') void content.text.trim();
  if (content.type === 'image') void content.media.width?.toFixed();
});
// @ts-expect-error no such action
const unknown = () => client.request('fly', {});
// @ts-expect-error a number is no conversation
const wrong = () => client.send(1, 'hello');
// @ts-expect-error the small client has no reactions
const more = () => basicClient({ url: '', token: async () => '' }).react('d', 1, 'x', true);
void [unknown, wrong, more];
client.connect();
await new Promise((resolve) => setTimeout(resolve, 0));
const refused = client.send('d-1', 'x'.repeat(40_000)).catch((error: unknown) =>
  error instanceof LapseError ? error.code : 'other',
);
document.title = JSON.stringify([states, await refused]);
client.close();
`;

test('a strict app type-checks with the DOM alone, without the types of Node.js, and runs', () => {
  writeFileSync(join(packed.app, 'app.ts'), app);
  const strict = [
    '--strict',
    '--exactOptionalPropertyTypes',
    '--noUncheckedIndexedAccess',
    '--skipLibCheck',
    'false',
  ];
  const target = ['--target', 'ES2022', '--lib', 'ES2022,DOM'];
  for (const module of ['NodeNext', 'ESNext']) {
    const resolution = module === 'ESNext' ? ['--moduleResolution', 'bundler'] : [];
    run(
      packed.app,
      compiler,
      ...strict,
      ...target,
      '--module',
      module,
      ...resolution,
      '--outDir',
      'out',
      'app.ts',
    );
  }
  const main =
    "globalThis.document = { set title(text) { console.log(text) } }; await import('./out/app.js');";
  writeFileSync(join(packed.app, 'main.js'), main);
  expect(JSON.parse(run(packed.app, 'main.js'))).toEqual([['connecting'], 'TOO_LARGE']);
});
