import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What CONTRIBUTING.md says of a new function, done as it says in a copy of the project. */
const root = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
const recipe = page.slice(page.indexOf('## A new function'), page.indexOf('## A new dependency'));
const blocksOf = (language: string, path: RegExp) =>
  [...recipe.matchAll(new RegExp(`\`\`\`${language}\\n${path.source}\\n([^]*?)\`\`\``, 'g'))].map(
    ([, file = '', text = '']) => ({ file, text }),
  );
const newFiles = blocksOf('ts', /\/\/ (\S+)/);
const edits = blocksOf('diff', /--- (\S+)/);

const copy = mkdtempSync(join(tmpdir(), 'lapse-new-function-'));
afterAll(() => rmSync(copy, { recursive: true, force: true }));

/** A line that is there is found below the one before it; one that goes is taken out; one that comes stands below it. */
function edited(source: string, edit: string): string {
  const lines = source.split('\n');
  let next = 0;
  for (const line of edit.trimEnd().split('\n')) {
    const [sign, text] = [line[0], line.slice(1)];
    if (sign === '+') {
      lines.splice(next, 0, text);
    } else {
      const found = lines.indexOf(text, next);
      if (found === -1) throw new Error(`not there any more: ${text}`);
      if (sign === '-') lines.splice(found, 1);
      next = sign === '-' ? found - 1 : found;
    }
    next += 1;
  }
  return lines.join('\n');
}

const run = (...args: readonly string[]) =>
  spawnSync(process.execPath, args, {
    cwd: copy,
    env: { PATH: process.env['PATH'], CDK_OUTDIR: join(copy, 'cdk.out'), CDK_VALIDATION: 'false' },
    encoding: 'utf8',
  });

beforeAll(() => {
  for (const name of ['functions', 'infra', 'shared', 'client', 'package.json', 'lapse.config.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const tsconfig = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  // With all that these import.
  const files = ['functions/count/handler.ts', 'infra/app.ts', 'client/lapse-client.ts'];
  writeFileSync(join(copy, 'tsconfig.json'), JSON.stringify({ ...tsconfig, include: [], files }));
  for (const { file, text } of newFiles) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), text);
  }
  for (const { file, text } of edits)
    writeFileSync(join(copy, file), edited(readFileSync(join(copy, file), 'utf8'), text));
});

test('it touches as many files as the page says, one of them in infra', () => {
  const files = [...newFiles, ...edits].map(({ file }) => file);
  expect(new Set(files).size).toBe(6);
  expect(recipe).toContain('A new action touches six files');
  expect(files.filter((file) => file.startsWith('infra/'))).toHaveLength(1);
});

test('the result type-checks', () => {
  const { stdout, status } = run('node_modules/typescript/bin/tsc', '--noEmit');
  expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
});

test('the result is synthesized: the function is there with its route, its table and its grant beside the rates and the consent', () => {
  const { stderr, status } = run('infra/app.ts');
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  const { Resources } = JSON.parse(readFileSync(join(copy, 'cdk.out', 'Lapse-Chat.template.json'), 'utf8'));
  const resources = Object.entries<{ Type: string; Properties: Record<string, unknown> }>(Resources);
  const of = (type: string, prefix: string) =>
    resources
      .filter(([id, { Type }]) => Type === type && id.startsWith(prefix))
      .map(([, { Properties }]) => Properties);

  const [fn] = of('AWS::Lambda::Function', 'CountFunction');
  expect(Object.keys(Object(fn?.['Environment']).Variables)).toEqual(
    expect.arrayContaining(['CONVERSATION_TABLE', 'POLICY_VERSION', 'POLICY_DIGEST', 'TOKEN_GRACE_SECONDS']),
  );
  expect(of('AWS::ApiGatewayV2::Route', 'Chat').map(({ RouteKey }) => RouteKey)).toContain('count');
  const policy = JSON.stringify(of('AWS::IAM::Policy', 'CountRole'));
  expect(policy.match(/dynamodb:\w+/g)).toEqual([
    'dynamodb:UpdateItem',
    'dynamodb:Query',
    'dynamodb:GetItem',
    'dynamodb:Query',
  ]);
});
