import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../infra/local/synthesis/synthesize.ts';

type Lock = { lockfileVersion: number; packages: Record<string, Record<string, unknown>> };
type Manifest = Record<'dependencies' | 'allowScripts', Record<string, unknown>>;
type Files = { readonly lock: Lock; readonly manifest: Manifest };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lapse-supply-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const check = (name: string, where: string) => {
  const program = join(projectRoot, '.ci', 'supply-chain', `${name}.mjs`);
  const { status, stderr } = spawnSync(process.execPath, [program, where], { encoding: 'utf8' });
  return { status, faults: stderr.split('\n').filter(Boolean) };
};

test.each(['lockfile', 'licences', 'secrets'])('this repository passes: %s', (name) => {
  expect(check(name, projectRoot)).toEqual({ status: 0, faults: [] });
});

/** The real lockfile with one fault in it. */
function planted(plant: (files: Files) => void): void {
  const read = (file: string) => JSON.parse(readFileSync(join(projectRoot, file), 'utf8'));
  const files: Files = { lock: read('package-lock.json'), manifest: read('package.json') };
  plant(files);
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(files.lock));
  writeFileSync(join(folder, 'package.json'), JSON.stringify(files.manifest));
}

const zod = ({ lock }: Files) => lock.packages['node_modules/zod']!;

const lockfileFaults: readonly (readonly [what: string, plant: (files: Files) => void, says: RegExp])[] = [
  ['no integrity', (files) => delete zod(files)['integrity'], /zod has no SHA-512 integrity/],
  [
    'a weaker hash',
    (files) => Object.assign(zod(files), { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }),
    /zod has no SHA-512 integrity/,
  ],
  [
    'a package around a bundled one without integrity',
    ({ lock }) => delete lock.packages['node_modules/aws-cdk-lib']!['integrity'],
    /aws-cdk-lib\/node_modules\/semver has no SHA-512 integrity/,
  ],
  [
    'a package from git',
    (files) => Object.assign(zod(files), { resolved: 'git+ssh://git@example.com/zod.git' }),
    /zod does not come from a registry by https/,
  ],
  [
    'packages from two registries',
    (files) => {
      Object.assign(zod(files), { resolved: 'https://one.example/zod.tgz' });
      Object.assign(files.lock.packages['node_modules/ws']!, { resolved: 'https://two.example/ws.tgz' });
    },
    /packages come from 2 registries/,
  ],
  ['a link', (files) => Object.assign(zod(files), { link: true }), /zod is a link to another folder/],
  [
    'a script at installation that nobody has looked at',
    (files) => Object.assign(zod(files), { hasInstallScript: true }),
    /zod runs a script when it is installed/,
  ],
  [
    'a range of versions',
    ({ manifest }) => Object.assign(manifest.dependencies, { zod: '^4.0.0' }),
    /zod is "\^4\.0\.0", not one exact version/,
  ],
  [
    'another version than is asked for',
    (files) => Object.assign(zod(files), { version: '4.0.0' }),
    /package\.json has zod \S+, the lockfile 4\.0\.0/,
  ],
  ['an older form', ({ lock }) => Object.assign(lock, { lockfileVersion: 2 }), /lockfileVersion is 2, not 3/],
];

test.each(lockfileFaults)('the lockfile is refused for %s', (_what, plant, says) => {
  planted(plant);
  const { status, faults } = check('lockfile', folder);
  expect(status).toBe(1);
  expect(faults.join('\n')).toMatch(says);
});

test.each([
  ['GPL-3.0-only', true],
  ['LGPL-3.0', true],
  ['MIT AND GPL-3.0-only', true],
  ['(MIT', true],
  ['SEE LICENSE IN LICENSE.md', true],
  [undefined, true],
  ['MIT OR GPL-3.0-only', false],
  ['(MIT AND ISC) OR GPL-3.0-only', false],
])('the licence %j is refused: %j', (license, refused) => {
  planted((files) => Object.assign(zod(files), { license }));
  const { status, faults } = check('licences', folder);
  expect([status, faults.length]).toEqual(refused ? [1, 1] : [0, 0]);
  if (refused) expect(faults[0]).toContain('node_modules/zod');
});

test('an exception is for one package and its licence, and goes with it', () => {
  planted(({ lock }) => Object.assign(lock.packages['node_modules/mediabunny']!, { license: 'MIT' }));
  expect(check('licences', folder).faults.join()).toContain('mediabunny is an exception that nothing needs');
});

/** Put together here, so that this file holds none. */
const letters = 'Ab3'.repeat(40);
const tokens = {
  'an AWS access key id': `AKIA${'ABCD2345'.repeat(2)}`,
  'an AWS secret key': `aws_secret_access_key = ${letters.slice(0, 40)}`,
  'a private key': `-----BEGIN ${'EC PRIVATE'} KEY-----`,
  'a private JSON Web Key': `{"kty":"EC","d": "${letters.slice(0, 43)}"}`,
  'a JSON Web Token': ['eyJ', 'eyJ', ''].map((start) => start + letters.slice(0, 20)).join('.'),
  'a GitHub token': `ghp_${letters.slice(0, 36)}`,
  'an npm token': `npm_${letters.slice(0, 36)}`,
  'a Slack token': `xoxb-${letters.slice(0, 20)}`,
  'a Google API key': `AIza${letters.slice(0, 35)}`,
  'a Stripe key': `sk_live_${letters.slice(0, 24)}`,
  'a long value that is called a secret': `const apiKey = '${letters.slice(0, 40)}';`,
};

test.each(Object.entries(tokens))(
  '%s in any file that git knows is found, and not printed',
  (what, token) => {
    execFileSync('git', ['init', '-q'], { cwd: folder });
    writeFileSync(join(folder, 'notes.md'), `first\nhere: ${token}\n`);
    expect(check('secrets', folder).status).toBe(0);
    execFileSync('git', ['add', '.'], { cwd: folder });
    const { status, faults } = check('secrets', folder);
    expect([status, faults]).toEqual([1, [`secrets: notes.md:2 looks like ${what}`]]);
  },
);

test('a line that somebody has looked at says so', () => {
  execFileSync('git', ['init', '-q'], { cwd: folder });
  writeFileSync(join(folder, 'example'), `${tokens['a GitHub token']} not a secret: made up\n`);
  execFileSync('git', ['add', '.'], { cwd: folder });
  expect(check('secrets', folder).status).toBe(0);
});

/** An npm that answers so. */
function npmSaying(...answers: readonly object[]): NodeJS.ProcessEnv {
  const cases = answers.map((answer, index) => `${index}) echo '${JSON.stringify(answer)}';;`).join('\n');
  const script = `#!/bin/sh\nn=$(cat ${folder}/n 2>/dev/null || echo 0); echo $((n+1)) > ${folder}/n\ncase $n in\n${cases}\nesac\n`;
  writeFileSync(join(folder, 'npm'), script, { mode: 0o755 });
  return { ...process.env, PATH: `${folder}:${process.env['PATH']}` };
}

const high = { vulnerabilities: { zod: { severity: 'high' } } };
const none = { vulnerabilities: {} };

test.each([
  ['a high one in what is deployed', [high, high], 1, 'zod, high, deployed'],
  ['a high one in a tool', [none, high], 0, 'zod, high\n'],
  ['none', [none, none], 0, 'nothing high or critical'],
  ['a registry that answers no audit', [{ error: { summary: '405' } }], 0, 'answers no audit'],
])('the audit of %s', (_what, answers, status, says) => {
  const program = join(projectRoot, '.ci', 'supply-chain', 'audit.mjs');
  const result = spawnSync(process.execPath, [program], { env: npmSaying(...answers), encoding: 'utf8' });
  expect(result.status).toBe(status);
  expect(result.stdout).toContain(says);
});

test('the bill of materials has every package of the lockfile, with its hash and its licence', () => {
  const options = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'];
  const { bomFormat, components } = JSON.parse(
    execFileSync('npm', options, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 2 ** 26 }),
  );
  expect(bomFormat).toBe('CycloneDX');
  const { packages }: Lock = JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8'));
  const locked = new Map<string, boolean>();
  for (const [key, { name, version, inBundle }] of Object.entries(packages)) {
    if (key === '') continue;
    const id = `${name ?? key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`;
    // npm lists a package once. A copy that is bundled in another package has no hash of its own.
    locked.set(id, inBundle !== true && (locked.get(id) ?? true));
  }
  type Component = { 'bom-ref': string; hashes?: object[]; licenses?: object[] };
  const bill = new Map<string, Component>(components.map((each: Component) => [each['bom-ref'], each]));
  expect([...locked.keys()].filter((id) => !bill.has(id))).toEqual([]);
  const hashed = [...locked].flatMap(([id, isHashed]) => (isHashed ? [id] : []));
  expect(hashed.length).toBeGreaterThan(500);
  expect(hashed.filter((id) => bill.get(id)?.hashes === undefined)).toEqual([]);
  expect(components.filter(({ licenses }: Component) => licenses === undefined)).toEqual([]);
});
