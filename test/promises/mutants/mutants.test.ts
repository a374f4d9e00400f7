import { readFileSync } from 'node:fs';
import { promiseMutants } from './mutants.ts';

test.each(promiseMutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s: its text stands once in its file',
  (_name, { file, find, replace }) => {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  },
);
