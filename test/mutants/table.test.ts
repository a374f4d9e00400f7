import { existsSync, readFileSync } from 'node:fs';
import { mutants } from './table.ts';

test('every planted fault has a name of its own', () => {
  const names = mutants.map(({ name }) => name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

test.each(mutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s: its text stands once in its file, and its tests exist',
  (_name, { file, find, replace, tests }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.filter((path) => !existsSync(path))).toEqual([]);
  },
);
