import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { importWithOwnModules } from './own-modules.ts';

type JestRunner = (...parameters: readonly unknown[]) => Promise<unknown>;

type Environment = {
  readonly global: { readonly console: Console; readonly ownPackages?: boolean };
};

/**
 * Jest's `testRunner`: Jest's own, but Node.js loads the modules, as it does in every program of this project. Jest would
 * load each package again for each test file. No test may mock a module, and there is no measure of coverage.
 */
export default async function runFile(
  globalConfig: unknown,
  config: unknown,
  { global: { console, ownPackages = false } }: Environment,
  _runtime: unknown,
  testPath: string,
  report: unknown,
): Promise<unknown> {
  const nothing = () => undefined;
  const runtime = {
    requireInternalModule: require,
    requireModule: require,
    setGlobalsForRuntime: nothing,
    enterTestCode: nothing,
    leaveTestCode: nothing,
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path: string) => importWithOwnModules(path, { ownPackages }),
  };
  const before = { console: globalThis.console, env: process.env };
  Object.assign(globalThis, { console });
  process.env = { ...before.env };
  try {
    return await freshRunner()(globalConfig, config, { global: globalThis }, runtime, testPath, report);
  } finally {
    Object.assign(globalThis, { console: before.console });
    process.env = before.env;
  }
}

const require = createRequire(import.meta.url);

/** Jest keeps the tests that it has found in these modules, and who is told of them beside the globals. */
function freshRunner(): JestRunner {
  for (const path of Object.keys(require.cache)) {
    if (path.includes(`${sep}jest-circus${sep}`)) delete require.cache[path];
  }
  Reflect.deleteProperty(globalThis, Symbol.for('EVENT_HANDLERS'));
  return require('jest-circus/runner').default;
}
