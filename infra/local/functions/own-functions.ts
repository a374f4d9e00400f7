import { existsSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import type { LocalFunction } from '../model/model.ts';
import { StartupError } from '../process/startup-error.ts';

const extensions = ['.mjs', '.js', '.cjs'];

/** As long as Lambda lets a function run: how long it waits is for the caller to say. */
const mostSeconds = 900;

/** Functions of the operator's that the system calls: a file each, which exports `handler`. */
export function ownFunctions(
  files: Readonly<Record<string, string>>,
  taken: readonly string[],
): readonly LocalFunction[] {
  return Object.entries(files).map(([functionName, file]) => {
    const path = resolve(file);
    const extension = extname(path);
    if (!/^[\w-]{1,64}$/.test(functionName))
      throw new StartupError('--function: allowed: NAME=FILE, a name of 1 to 64 letters, digits, - or _');
    if (taken.includes(functionName))
      throw new StartupError(`--function ${functionName}: a function of the system has this name`);
    if (!extensions.includes(extension))
      throw new StartupError(
        `--function ${functionName}: allowed: a file that ends in ${extensions.join(', ')}`,
      );
    if (!existsSync(path)) throw new StartupError(`--function ${functionName}: no such file: ${path}`);
    return {
      functionName,
      codePath: dirname(path),
      handler: `${basename(path, extension)}.handler`,
      environment: {},
      timeoutSeconds: mostSeconds,
    };
  });
}
