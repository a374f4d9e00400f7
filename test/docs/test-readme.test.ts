import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..');
const page = readFileSync(join(folder, 'README.md'), 'utf8');
const entries = (path: string) => readdirSync(join(folder, path), { withFileTypes: true });

test('every folder of test has its row', () => {
  const folders = entries('.').flatMap((entry) => (entry.isDirectory() ? [`${entry.name}/`] : []));
  expect(folders.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
});

test('every helper that several suites need is named, and none that is gone', () => {
  const helpers = entries('support').flatMap((entry) =>
    entry.isFile() && !entry.name.endsWith('.test.ts') ? [entry.name] : [],
  );
  const [, section = ''] = page.split('\nIn `support/`:\n');
  const named = [...section.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([\w-]+\.ts)`/g)].map(([, name = '']) => name),
  );
  expect(named.toSorted()).toEqual(helpers.toSorted());
});
