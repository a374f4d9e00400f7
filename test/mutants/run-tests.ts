import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

export type Outcome = {
  readonly passed: number;
  /** Full names of the tests that failed. */
  readonly failed: readonly string[];
  /** Files that could not be run at all: their fault is not one that a test has noticed. */
  readonly broken: readonly string[];
};

type Report = {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
};

/** Runs test files of a copy of the project. */
export async function runTests(copy: string, tests: readonly string[]): Promise<Outcome> {
  const output = join(copy, 'mutants.json');
  rmSync(output, { force: true });
  const jest = ['node_modules/jest/bin/jest.js', '--runInBand', '--forceExit', '--silent'];
  const child = spawn(
    process.execPath,
    [
      ...['--disable-warning=ExperimentalWarning', ...jest],
      ...['--json', '--outputFile', output, '--runTestsByPath', ...tests],
    ],
    { cwd: copy, stdio: 'ignore' },
  );
  await once(child, 'exit');
  if (!existsSync(output)) return { passed: 0, failed: [], broken: tests };
  const { numPassedTests, testResults }: Report = JSON.parse(readFileSync(output, 'utf8'));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: numPassedTests,
    failed: results.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    broken: testResults
      .filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
      .map(({ name }) => name),
  };
}
