import { keepCompiled } from './test/support/keep-compiled.ts';

keepCompiled();

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Node.js loads the modules, and strips their types.
  testRunner: '<rootDir>/test/support/runner/run-file.ts',
  testSequencer: '<rootDir>/test/support/runner/slowest-first.ts',
  transform: {},
  // No test measures time: this only ends what hangs, on a machine that others use too.
  testTimeout: 300_000,
  // Of three files one mostly waits: for an engine, a process, an event.
  maxWorkers: 3,
};
