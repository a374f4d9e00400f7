import { keepCompiled } from './test/support/keep-compiled.ts';

keepCompiled();

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2024', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  // No test measures time: this only ends what hangs, on a machine that others use too.
  testTimeout: 300_000,
  maxWorkers: 2,
};
