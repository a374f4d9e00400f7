import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../../infra/local/synthesis/synthesize.ts';

/** A module with something to remember, and two test files that leave something behind. */
const uses = `import { times } from './module.ts';
  test('finds nothing of the other file', () => {
    expect([times(), process.env['LEFT'], console.left]).toEqual([1, undefined, undefined]);
    process.env['LEFT'] = 'here';
    console.left = 'here';
  });`;
/** And two that ask for packages of their own. */
const usesPackage = `/** @jest-environment-options {"ownPackages": true} */
  import { times } from 'package';
  test('finds a package that nobody has used', () => { expect(times()).toBe(1); });`;
const counter = 'let called = 0;\nexport const times = () => ++called;';
const files = {
  'package.json': '{ "type": "module" }',
  'module.ts': counter.replace('called', 'called: number'),
  'node_modules/package/package.json': '{ "type": "module", "exports": "./index.js" }',
  'node_modules/package/index.js': counter,
  'one.test.ts': uses,
  'other.test.ts': uses,
  'package.test.ts': usesPackage,
  'package-too.test.ts': usesPackage,
  'wrong.test.ts': "type None = never;\ntest('fails', () => {\n  expect('this').toBe('that');\n});",
};

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'lapse-test-runner-')));
  mkdirSync(join(folder, 'node_modules', 'package'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** One after the other in one process, which is where a file could find something of another. */
function run(pattern: string): { readonly code: number | null; readonly said: string } {
  const testRunner = join(import.meta.dirname, 'run-file.ts');
  const config = { rootDir: folder, testMatch: ['**/*.test.ts'], testRunner, transform: {} };
  const jest = join(projectRoot, 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--runInBand', '--config', JSON.stringify(config), '--testPathPatterns', pattern];
  const { status, stderr } = spawnSync(process.execPath, [jest, ...options], {
    cwd: folder,
    encoding: 'utf8',
    // In colours, as where `CI` is set, the text is cut up.
    env: { ...process.env, FORCE_COLOR: '0' },
  });
  return { code: status, said: stderr };
}

test('a test file has modules, an environment and a console of its own', () => {
  expect(run('/(one|other)')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/Tests: +2 passed, 2 total/),
  });
});

test('and a package too, where it asks for it', () => {
  expect(run('/package')).toMatchObject({
    code: 0,
    said: expect.stringMatching(/Tests: +2 passed, 2 total/),
  });
});

test('what fails is shown where it stands', () => {
  const { code, said } = run('/wrong');
  expect(said).toMatch(/> 3 \| +expect\('this'\)\.toBe\('that'\)/);
  expect(code).toBe(1);
});
