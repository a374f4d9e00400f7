import everything from './jest.config.js';
import { unitTests } from './test/support/unit-tests.ts';

/** What needs no system, no engine and no browser: the tests that can start no process. */
export default { ...everything, testMatch: unitTests(import.meta.dirname) };
