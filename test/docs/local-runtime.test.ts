import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Which rule is said to be shown by which files. */
async function rulesOfTheDocument(): Promise<readonly (readonly [rule: string, files: readonly string[]])[]> {
  const text = await readFile(join(root, 'docs', 'local-runtime.md'), 'utf8');
  return [...text.matchAll(/^\| (R\d+) \|.*\| ([^|]+) \|$/gm)].map(([, rule = '', files = '']) => [
    rule,
    [...files.matchAll(/`([^`]+)`/g)].map(([, file = '']) => file),
  ]);
}

/** The titles of a file's tests and groups, as they stand in its text. */
async function titlesIn(file: string): Promise<readonly string[]> {
  const text = await readFile(join(root, 'test', 'infra', 'local', `${file}.test.ts`), 'utf8');
  return [...text.matchAll(/(?:^|\s|\))(?:test|describe)?\(\s*'([^']+)'/gm)].map(([, title = '']) => title);
}

test('the document has the 29 rules, each in the title of a test in every file that it names', async () => {
  const rules = await rulesOfTheDocument();
  expect(rules.map(([rule]) => rule)).toEqual(Array.from({ length: 29 }, (_, index) => `R${index + 1}`));
  for (const [rule, files] of rules) {
    expect(files).not.toEqual([]);
    for (const file of files) {
      const named = (await titlesIn(file)).filter((title) => title.split(' ').includes(rule));
      expect([rule, file, named]).toEqual([rule, file, expect.arrayContaining([expect.any(String)])]);
    }
  }
});
