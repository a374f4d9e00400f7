import { AssertionError } from 'node:assert';

export type CheckRunner = {
  section(title: string): void;
  /** Runs one check; a failure is printed and counted, and the next one runs. */
  check(name: string, run: () => unknown): Promise<void>;
  /** Prints the closing line; the exit code. */
  close(): number;
};

/** For programs that check something and are read by people: one line a check. */
export function checkRunner(write: (text: string) => void): CheckRunner {
  let passed = 0;
  let failed = 0;
  return {
    section: (title) => write(`\n== ${title}\n`),
    async check(name, run) {
      try {
        await run();
        passed += 1;
        write(`ok    ${name}\n`);
      } catch (error) {
        failed += 1;
        write(`FAIL  ${name}\n${indented(reason(error))}\n`);
      }
    },
    close() {
      write(`\n${passed} checks passed, ${failed} failed\n`);
      return failed === 0 && passed > 0 ? 0 : 1;
    },
  };
}

/** What was expected and what came, without a stack; anything but a failed assertion keeps its own. */
function reason(error: unknown): string {
  if (error instanceof AssertionError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function indented(text: string): string {
  return text.replaceAll(/^/gm, '      ');
}
