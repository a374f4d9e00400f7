import { homedir } from 'node:os';
import { join } from 'node:path';

/** Outside of the project: a bundle must not find there what it does not bring. */
export const cacheRoot = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'lapse');

/** For Node.js to keep compiled modules, which it finds by their path and content (`NODE_COMPILE_CACHE`). */
export const compiledIn = (root: string): string => join(root, 'compiled');
