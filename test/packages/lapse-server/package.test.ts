import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

/** As an app gets it: built, packed, installed into an empty project, type-checked and run. */
const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc');
const node = (folder: string, ...args: readonly string[]) =>
  execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
const npm = (folder: string, ...args: readonly string[]) =>
  execFileSync('npm', [...args, '--offline', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: 'pipe',
  });

let app: string;
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'lapse-server-'));
  app = mkdtempSync(join(tmpdir(), 'lapse-app-'));
  cpSync(join(projectRoot, 'packages', 'lapse-server'), copy, {
    recursive: true,
    filter: (path) => !/dist|node_modules/.test(path.slice(projectRoot.length)),
  });
  const own = join(copy, 'tsconfig.json');
  const strictest = join(projectRoot, 'node_modules', '@tsconfig', 'strictest', 'tsconfig.json');
  writeFileSync(own, readFileSync(own, 'utf8').replace('@tsconfig/strictest/tsconfig.json', strictest));
  node(copy, compiler, '--project', 'tsconfig.json');
  npm(copy, 'pack', '--pack-destination', app);
  writeFileSync(join(app, 'package.json'), '{"type": "module", "private": true}');
  npm(app, 'install', './lapse-server-0.1.0.tgz');
});
afterAll(() => {
  for (const folder of [app, copy])
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
});

const consumer = `
import { type Erasures, LapseServerError, lapseServer } from 'lapse-server';

const asked: string[] = [];
const lapse = lapseServer({
  stack: 'Lapse-Chat',
  lambda: {
    async invoke({ FunctionName }) {
      asked.push(FunctionName);
      const answer = FunctionName.endsWith('receipts')
        ? { ok: true, result: { userId: 'alice', open: [], receipts: [] } }
        : { ok: false, error: { code: 'WAITING', message: 'waits for the other person' } };
      return { Payload: new TextEncoder().encode(JSON.stringify(answer)) };
    },
  },
});
const erasures: Erasures = await lapse.receipts({ userId: 'alice' });
const code = await lapse
  .sendMessage({ from: 'bot:support', conversationId: 'd-1', content: { type: 'text', text: 'hi' }, id: '1' })
  .then(
    ({ seq }) => String(seq),
    (error: unknown) => (error instanceof LapseServerError ? error.code : 'other'),
  );
// @ts-expect-error a role and a closing are two acts
void (() => lapse.changeMembers({ by: 'bot:a', conversationId: 'g', id: '1', close: false }));
console.log(JSON.stringify([erasures.receipts.length, code, asked]));
`;

test('it is installed without anything else, and has its types, its code and nothing of the project', () => {
  const installed = join(app, 'node_modules');
  expect(readdirSync(installed).filter((name) => !name.startsWith('.'))).toEqual(['lapse-server']);
  const files = readdirSync(join(installed, 'lapse-server', 'dist'));
  expect(files).toEqual(expect.arrayContaining(['index.js', 'index.d.ts']));
  const texts = files.map((name) => readFileSync(join(installed, 'lapse-server', 'dist', name), 'utf8'));
  const imported = texts.flatMap((text) => [...text.matchAll(/from '([^']+)'/g)].map(([, from]) => from));
  expect(imported.length).toBeGreaterThan(5);
  expect(imported.filter((from) => !from?.startsWith('./'))).toEqual([]);
});

test('an app type-checks against it, strictly, and gets what it says', () => {
  writeFileSync(join(app, 'app.ts'), consumer);
  node(
    app,
    compiler,
    ...['--strict', '--target', 'ES2022', '--lib', 'ES2022,DOM', '--module', 'NodeNext'],
    ...['--outDir', 'out', 'app.ts'],
  );
  expect(JSON.parse(node(app, 'out/app.js'))).toEqual([
    0,
    'WAITING',
    ['Lapse-Chat-admin-user-receipts', 'Lapse-Chat-admin-message-send'],
  ]);
});
