import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isThere, namedTests, tableRows } from './named-tests.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'privacy.md'), 'utf8');
const promises = Array.from({ length: 11 }, (_, index) => `P${index + 1}`);
const parts = ['How it is kept', 'Limits'];

const sectionOf = (text: string, promise: string) =>
  new RegExp(`^## ${promise}\\..*?(?=^## |(?![\\s\\S]))`, 'ms').exec(text)?.[0] ?? '';

function faultsIn(text: string): readonly string[] {
  return promises.flatMap((promise) => {
    const section = sectionOf(text, promise);
    const missing = parts.filter((part) => !section.includes(`**${part}.** `));
    const rows = tableRows(section);
    const tests = rows.flatMap(([, cell = '']) => namedTests(cell));
    return [
      ...missing.map((part) => `${promise} does not say: ${part}`),
      ...(tests.length === 0 ? [`${promise} names no test`] : []),
      ...rows.filter(([, cell = '']) => namedTests(cell).length === 0).map(([what]) => `no test: ${what}`),
      ...tests
        .filter((test) => !isThere(test))
        .map(({ file, title }) => `there is no test "${title}" in ${file}`),
    ];
  });
}

test('every promise says how it is kept, by which tests, and where its limits are', () => {
  expect(faultsIn(page)).toEqual([]);
});

test.each([
  ['a promise that is gone', '## P7.', '## Q7.', 'P7 names no test'],
  ['limits that are not told', '**Limits.** ', '', 'P1 does not say: Limits'],
  ['a test that is not there', '.test.ts` "', '.test.ts` "no ', 'there is no test "no '],
] as const)('the check finds %s', (_what, from, to, says) => {
  const planted = page.replace(from, to);
  expect(planted).not.toBe(page);
  expect(faultsIn(planted).join('\n')).toContain(says);
});
