/** A planted fault, and the tests that have to notice it. */
export type Mutant = {
  readonly name: string;
  readonly file: string;
  /** Stands exactly once in the file. */
  readonly find: string;
  readonly replace: string;
  /** Paths of test files. At least one of their tests has to fail. */
  readonly tests: readonly string[];
};

type Fault = readonly [name: string, find: string, replace: string];

/** Faults of one file, named after it; all are noticed by the same tests. */
export function mutantsOf(
  file: string,
  tests: readonly string[],
  faults: readonly Fault[],
): readonly Mutant[] {
  const subject = file.split('/').at(-1)?.replace('.ts', '') ?? file;
  return faults.map(([name, find, replace]) => ({ name: `${subject}: ${name}`, file, find, replace, tests }));
}
