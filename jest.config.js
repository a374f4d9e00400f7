import { availableParallelism, totalmem } from 'node:os';
import { keepCompiled } from './test/support/keep-compiled.ts';

keepCompiled();

/** What a worker and all that it starts may need. */
const workerBytes = 1.5 * 2 ** 30;

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Node.js loads the modules, and strips their types.
  testRunner: '<rootDir>/test/support/runner/run-file.ts',
  testSequencer: '<rootDir>/test/support/runner/slowest-first.ts',
  transform: {},
  // No test measures time: this only ends what hangs, on a machine that others use too.
  testTimeout: 300_000,
  // Of two files one mostly waits: for an engine, a process, an event.
  maxWorkers: Math.max(2, Math.min(2 * availableParallelism(), Math.floor(totalmem() / workerBytes))),
};
