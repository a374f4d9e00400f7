import { type ParseArgsConfig, parseArgs } from 'node:util';
import { StartupError } from '../process/startup-error.ts';

export const defaultPort = 8787;

/** `parseArgs` whose complaint is one line that points at the help. */
export function parseCommandLine<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${message.split('. ')[0]}; --help shows what there is`);
  }
}

/** The Invoke API takes the port behind it, so the last port is out. */
export function parsePort(text: string | undefined): number {
  if (text === undefined) return defaultPort;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_534) return port;
  throw new StartupError(`--port ${text}: a number from 1 to 65534`);
}

/** Runs a command line program: its complaint goes to standard error on one line, and its exit code is 1. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    process.stderr.write(`${complaintOf(error)}\n`);
    process.exitCode = 1;
  }
}

const expected = (error: Error): boolean =>
  error instanceof StartupError || /^port \d+ is in use/.test(error.message);

/** What nobody foresaw keeps its stack: it is a defect to be reported. */
export const complaintOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  return expected(error) ? error.message : (error.stack ?? error.message);
};
