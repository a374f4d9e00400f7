import { accessSync, constants, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { StartupError } from './startup-error.ts';

/** Where everything is kept across restarts: made if it is not there. */
export function dataFolder(asked: string): string {
  const folder = resolve(asked);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new StartupError(`--data ${asked}: not a folder that can be written to; name another one`);
  }
  return folder;
}
