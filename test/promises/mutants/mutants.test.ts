import { readFileSync } from 'node:fs';
import { promiseMutants } from './mutants.ts';

test.each(promiseMutants.map((mutant) => [mutant.name, mutant] as const))(
  '%s: its text stands once in its file',
  (_name, { also = [], ...patch }) => {
    for (const { file, find, replace } of [patch, ...also]) {
      expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
      expect(replace).not.toBe(find);
    }
  },
);
