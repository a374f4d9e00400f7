import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export type Companion = {
  /** Settles when the program has gone, with what it printed last. */
  readonly exited: Promise<string>;
  stop(): Promise<void>;
};

/** Ends the program when its standard input closes: even `kill -9` of the parent leaves nothing behind. */
const guard = `
exec 3<&0
"$@" </dev/null 3<&- & child=$!
{ while read -r _ <&3; do :; done; kill "$child"; } >/dev/null 2>&1 & watcher=$!
wait "$child"; status=$?
kill "$watcher" 2>/dev/null
exit "$status"`;

/** Starts a server of another language; it is in its own process group, so that Ctrl-C reaches us first. */
export function startCompanion(command: string, args: readonly string[]): Companion {
  const child: ChildProcess = spawn('/bin/sh', ['-c', guard, 'companion', command, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const keep = (chunk: unknown) => {
    output = `${output}${String(chunk)}`.slice(-2000);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  const exited = once(child, 'close').then(
    () => output.trim(),
    (error: unknown) => String(error),
  );
  return {
    exited,
    stop: async () => {
      child.stdin?.end();
      await exited;
    },
  };
}
