import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { keptAssembly } from '../../../../infra/local/synthesis/kept-assembly.ts';

/** As large as it has to be: programs in the places of the real ones, which write what they read. */
const programs = {
  'infra/app.ts': `
    import { readFileSync, writeFileSync } from 'node:fs';
    const { config = 'lapse.config.json', bundles } = JSON.parse(process.env.CDK_CONTEXT_JSON);
    const read = (file) => readFileSync(file, 'utf8');
    const made = [read('infra/stack.ts'), read(config), read(bundles + '/one'), process.env.AWS_REGION, process.env.OTHER];
    writeFileSync(process.env.CDK_OUTDIR + '/made', made.join('|'));`,
  'infra/local/synthesis/bundle-functions.ts': `
    import { readFileSync, writeFileSync } from 'node:fs';
    const text = readFileSync('functions/one/handler.ts', 'utf8') + readFileSync('shared/word.ts', 'utf8');
    writeFileSync(process.argv[2] + '/one', text);`,
};

let folder: string;
let project: string;
let root: string;
let made: string[];

const write = (path: string, text: string) => {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lapse-test-kept-'));
  [project, root] = [join(folder, 'project'), join(folder, 'cache')];
  for (const [path, text] of Object.entries(programs)) write(path, text);
  write('functions/one/handler.ts', 'handler ');
  write('functions/one/data.bin', '0');
  write('shared/word.ts', 'word');
  write('infra/stack.ts', 'stack');
  write('infra/local/gateway/gateway.ts', 'gateway');
  write('lapse.config.json', '{}');
  write('package.json', '{}');
  write('package-lock.json', '{}');
  write('node_modules/.package-lock.json', '{}');
  made = [];
});
afterEach(() => rm(folder, { recursive: true }));

const kept = (more: object = {}) =>
  keptAssembly({ project, root, onProgress: (line) => void made.push(line), ...more });
const served = async (more: object = {}) => readFileSync(join(await kept(more), 'made'), 'utf8');
/** What had to be made since the last look. */
const remade = () => made.splice(0).map((line) => line.split(' ')[0]);

test('the second time it is there already', async () => {
  expect(await served()).toBe('stack|{}|handler word||');
  expect(remade()).toEqual(['bundling', 'synthesizing']);
  expect(await served()).toBe('stack|{}|handler word||');
  expect(remade()).toEqual([]);
});

test.each([
  ['shared/word.ts', 'changed', 'stack|{}|handler changed||'],
  ['functions/one/handler.ts', 'another ', 'stack|{}|another word||'],
  ['infra/stack.ts', 'changed', 'changed|{}|handler word||'],
])('a changed %s is served, and what was before when it is changed back', async (path, text, expected) => {
  const before = readFileSync(join(project, path), 'utf8');
  await served();
  write(path, text);
  expect(await served()).toBe(expected);
  write(path, before);
  remade();
  expect(await served()).toBe('stack|{}|handler word||');
  expect(remade()).toEqual([]);
});

test.each([
  'infra/local/functions/bootstrap.ts',
  'functions/one/data.bin',
  'shared/new.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
])('a changed or added %s makes everything anew', async (path) => {
  await kept();
  remade();
  write(path, '{"changed": 1}');
  await kept();
  expect(remade()).toEqual(['bundling', 'synthesizing']);
});

test('another installation makes everything anew, another local runtime nothing', async () => {
  await kept();
  remade();
  write('infra/local/gateway/gateway.ts', 'changed');
  await kept();
  expect(remade()).toEqual([]);
  write('node_modules/.package-lock.json', '{"changed": 1}');
  await kept();
  expect(remade()).toEqual(['bundling', 'synthesizing']);
});

test('another configuration is another assembly of the same bundles', async () => {
  await served();
  remade();
  write('lapse.config.json', '{"accessLog": false}');
  expect(await served()).toBe('stack|{"accessLog": false}|handler word||');
  const configFile = join(folder, 'other.json');
  writeFileSync(configFile, '{"stage": "dev"}');
  expect(await served({ configFile })).toBe('stack|{"stage": "dev"}|handler word||');
  writeFileSync(configFile, '{"stage": "test"}');
  expect(await served({ configFile })).toBe('stack|{"stage": "test"}|handler word||');
  expect(remade()).toEqual(['synthesizing', 'synthesizing', 'synthesizing']);
});

test('a variable that decides is part of the key; no other one is seen', async () => {
  const before = process.env['AWS_REGION'];
  process.env['OTHER'] = 'not to be seen';
  try {
    process.env['AWS_REGION'] = 'eu-west-1';
    expect(await served()).toBe('stack|{}|handler word|eu-west-1|');
    process.env['AWS_REGION'] = 'eu-west-3';
    expect(await served()).toBe('stack|{}|handler word|eu-west-3|');
  } finally {
    delete process.env['OTHER'];
    if (before === undefined) delete process.env['AWS_REGION'];
    else process.env['AWS_REGION'] = before;
  }
});

test('what changes while it is being made is not kept under the old name', async () => {
  let changed = false;
  const onProgress = (line: string) => {
    made.push(line);
    if (line.startsWith('synth') && !changed) write('infra/stack.ts', 'changed meanwhile');
    changed ||= line.startsWith('synth');
  };
  expect(await served({ onProgress })).toBe('changed meanwhile|{}|handler word||');
  write('infra/stack.ts', 'stack');
  expect(await served()).toBe('stack|{}|handler word||');
});

test('many at once make it once', async () => {
  const folders = await Promise.all([kept(), kept(), kept()]);
  expect(new Set(folders).size).toBe(1);
  expect(remade().toSorted()).toEqual(['bundling', 'synthesizing']);
});

test('a synthesis that fails leaves nothing behind and says why', async () => {
  write('infra/app.ts', "process.stderr.write('faulty'); process.exitCode = 1;");
  await expect(kept()).rejects.toThrow('faulty');
  expect(readdirSync(join(root, 'assemblies'))).toEqual([]);
});

test('one who died while making it holds up nobody', async () => {
  const gone = execFile(process.execPath, ['-e', '']);
  await new Promise((resolve) => gone.once('close', resolve));
  const entry = await kept();
  const key = dirname(entry);
  await rm(key, { recursive: true });
  writeFileSync(`${key}.lock`, String(gone.pid));
  expect(await kept()).toBe(entry);
  expect(existsSync(`${key}.lock`)).toBe(false);
});

test('so many are kept; the oldest go, but never what is in use or was so within the hour', async () => {
  const assemblies = join(root, 'assemblies');
  const entry = (name: string, hours: number, user?: number) => {
    const path = join(assemblies, name);
    mkdirSync(join(path, 'users'), { recursive: true });
    if (user !== undefined) writeFileSync(join(path, 'users', String(user)), '');
    const then = Date.now() / 1000 - hours * 3600;
    utimesSync(path, then, then);
  };
  for (let index = 0; index < 30; index += 1) entry(`old-${index + 10}`, index + 2, 2 ** 30);
  entry('used', 100, process.ppid);
  await kept();
  const left = readdirSync(assemblies);
  expect(left.filter((name) => name.startsWith('old-'))).toHaveLength(23);
  expect(left).toContain('old-10');
  expect(left).not.toContain('old-39');
  expect(left).toContain('used');
  for (let index = 0; index < 30; index += 1) entry(`recent-${index}`, 0.5);
  write('infra/stack.ts', 'changed');
  await kept();
  expect(readdirSync(assemblies).filter((name) => name.startsWith('recent-'))).toHaveLength(30);
});

test('only its owner can look inside', async () => {
  await kept();
  expect(statSync(join(root, 'assemblies')).mode & 0o077).toBe(0);
});
