import { keepCompiled } from './test/support/keep-compiled.ts';

keepCompiled();

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // Node.js loads the modules, and strips their types.
  testRunner: '<rootDir>/test/support/runner/run-file.ts',
  transform: {},
  // No test measures time: this only ends what hangs, on a machine that others use too.
  testTimeout: 300_000,
  maxWorkers: 2,
};
