import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { StartupError } from '../../infra/local/process/startup-error.ts';

export type TokenSource = (name: string) => Promise<string>;

const run = promisify(execFile);

/** `{user}` in the command becomes the name, as one word of the shell. */
export function tokenCommand(command: string): TokenSource {
  return async (name) => {
    const words = command.replaceAll('{user}', `'${name.replaceAll("'", `'\\''`)}'`);
    try {
      const { stdout } = await run('/bin/sh', ['-c', words]);
      return stdout.trim();
    } catch {
      throw new StartupError(`--token-command failed for ${name}: run it by hand to see why`);
    }
  };
}

/** From `alice=TOKEN` and the like. */
export function givenTokens(pairs: readonly string[]): {
  readonly names: readonly string[];
  readonly token: TokenSource;
} {
  const tokens = new Map(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new StartupError('--token: NAME=TOKEN, once for each of the five people');
      return [pair.slice(0, at), pair.slice(at + 1)] as const;
    }),
  );
  return {
    names: [...tokens.keys()],
    async token(name) {
      const token = tokens.get(name);
      if (token === undefined) throw new StartupError(`no --token for ${name}`);
      return token;
    },
  };
}
