import { spawn } from 'node:child_process';
import type { LocalSystem } from '../../../../infra/local/system/local-system.ts';
import { connect, grant } from '../../../support/chat-person.ts';

/** One run of the terminal chat against a running local system, by lines in and lines out. */
export type Sitting = {
  type(line: string): void;
  /** Resolves as soon as that stands somewhere in what was written since the last time that something was waited for. */
  until(words: RegExp): Promise<void>;
  /** Everything written so far. */
  out(): string;
  /** Leaves as Ctrl-D does; the exit code. */
  end(): Promise<number | null>;
};

/** Beyond what anything takes on a busy machine. */
const mostMs = 60_000;

/** Of somebody who has consented before. */
export async function sit(
  system: LocalSystem,
  name: string,
  words: readonly string[] = [],
): Promise<Sitting> {
  const person = await connect(system, name);
  await person.call('consent', grant);
  person.socket.close();
  await person.closed;
  return sitDown(system, name, words);
}

/** Of anybody. */
export function sitDown(system: LocalSystem, name: string, words: readonly string[] = []): Sitting {
  const { port } = new URL(system.url);
  const child = spawn(process.execPath, ['client/terminal/main.ts', name, '--port', port, ...words], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  let written = '';
  let waitedTo = 0;
  const checks = new Set<() => void>();
  const check = () => {
    for (const each of [...checks]) each();
  };
  child.stdout.on('data', (data) => {
    written += String(data);
    check();
  });
  void exit.then(check);
  return {
    type: (line) => void child.stdin.write(`${line}\n`),
    out: () => written,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const fail = (why: string) =>
          reject(new Error(`${wanted} was not written ${why}:\n${written.slice(waitedTo)}`));
        const done = () => {
          clearTimeout(late);
          checks.delete(look);
        };
        const look = () => {
          const found = wanted.exec(written.slice(waitedTo));
          if (found === null && child.exitCode === null) return;
          done();
          if (found === null) return fail('before it ended');
          waitedTo += found.index + found[0].length;
          resolve();
        };
        const late = setTimeout(() => {
          done();
          fail('within a minute');
        }, mostMs);
        checks.add(look);
        look();
      }),
    async end() {
      child.stdin.end();
      return exit;
    },
  };
}
