import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { mutualFolders } from './figures.ts';
import { sourcesOf } from './sources.ts';
import { structureProblems } from './structure-problems.ts';

/** A template in the planted text, which the linter would take for a mistake in this one. */
const value = (name: string) => ['$', '{', name, '}'].join('');

type Files = Readonly<Record<string, string>>;

/** A house with one of everything, as it should be. */
const sound: Files = {
  'shared/runtime/environment.ts':
    "export const environmentVariables = { messageTable: { name: 'MESSAGE_TABLE', schema: 1 } };",
  'shared/stores/messages/message-store.ts': `import { environmentVariables } from '../../runtime/environment.ts';\nexport const memberKey = (userId: string) => \`member#${value('userId')}\`;\nexport const table = environmentVariables.messageTable.name;`,
  'shared/messages/send.ts':
    "import { memberKey } from '../stores/messages/message-store.ts';\nexport const send = (userId: string) => memberKey(userId);",
};

function house(changes: Files = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'lapse-'));
  for (const [path, text] of Object.entries({ ...sound, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

test('this repository is as it should be', () => {
  expect(structureProblems('.')).toEqual([]);
});

test('so is the house that the others are planted in', () => {
  expect(structureProblems(house())).toEqual([]);
});

test.each([
  ['a string', "export const table = process.env['MESSAGE_TABLE'];"],
  ['a property', 'export const table = process.env.MESSAGE_TABLE;'],
  ['a key of an object', "export const environment = { MESSAGE_TABLE: 'messages' };"],
  ['a template', 'export const name = `MESSAGE_TABLE`;'],
  ['a name that is taken apart', 'export const { MESSAGE_TABLE } = process.env;'],
])('an environment name in a second place is found as %s', (_how, text) => {
  expect(structureProblems(house({ 'infra/second.ts': text }))).toEqual([
    expect.stringMatching(/^infra\/second\.ts:1 {2}MESSAGE_TABLE: /),
  ]);
});

test.each([
  [
    'a template',
    `export const key = (request: { userId: string }) => \`member#${value('request.userId')}\`;`,
  ],
  ['a concatenation', "export const key = (userId: string) => 'member#' + userId;"],
  ['what is joined', "export const key = (userId: string) => ['member', userId].join('#');"],
])('a key in a second place of a store is found as %s', (_how, text) => {
  expect(structureProblems(house({ 'shared/stores/messages/second.ts': text }))).toEqual([
    expect.stringMatching(/^shared\/stores\/messages\/second\.ts:1 {2}member#\$\{userId\}: stands in /),
  ]);
});

test.each([
  ['a template', `export const key = (a: string, b: string) => \`${value('a')}#${value('b')}\`;`],
  ['a prefix', "export const prefix = 'hold#';"],
])('a key that is made outside the stores is found as %s', (_how, text) => {
  expect(structureProblems(house({ 'shared/messages/key.ts': text }))).toEqual([
    expect.stringMatching(/^shared\/messages\/key\.ts:1 {2}.*: a key's format stands in its store/),
  ]);
});

test("DynamoDB's names of attributes are no keys", () => {
  const text = `export const condition = (x: string) => \`#record = :record AND begins_with(#at, ${value('x')})\` + '#state';`;
  expect(structureProblems(house({ 'shared/stores/messages/condition.ts': text }))).toEqual([]);
});

/** What `npm run check:dependencies` says of it: the rules that it breaks. */
function brokenRules(root: string): readonly string[] {
  copyFileSync('.dependency-cruiser.cjs', join(root, '.dependency-cruiser.cjs'));
  writeFileSync(
    join(root, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { allowImportingTsExtensions: true } }),
  );
  const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const { stdout } = spawnSync(
    process.execPath,
    [program, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'shared'],
    { cwd: root, encoding: 'utf8' },
  );
  const { summary }: { summary: { violations: readonly { rule: { name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(summary.violations.map(({ rule }) => rule.name))].toSorted();
}

test('the dependency rules have nothing against the house', () => {
  expect(brokenRules(house())).toEqual([]);
});

test('an import from a higher floor fails the dependency rules', () => {
  const root = house({
    'shared/runtime/clock.ts': "import { limit } from '../retention/limit.ts';\nexport const clock = limit;",
    'shared/retention/limit.ts': 'export const limit = 1;',
  });
  expect(brokenRules(root)).toEqual([expect.stringMatching(/^floor-\d+-looks-down$/)]);
});

test('two folders of one floor that import each other fail the dependency rules', () => {
  const root = house({
    'shared/holds/hold.ts': "import { end } from '../retention/end.ts';\nexport const hold = end;",
    'shared/holds/held.ts': 'export const held = 1;',
    'shared/retention/end.ts': 'export const end = 1;',
    'shared/retention/kept.ts': "import { held } from '../holds/held.ts';\nexport const kept = held;",
  });
  expect(brokenRules(root)).toEqual(['no-mutual-folders']);
  expect(mutualFolders(sourcesOf(root))).toEqual(['holds <-> retention']);
});
