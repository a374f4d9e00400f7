import { StartupError } from '../process/startup-error.ts';
import { defaultPort } from './command-line.ts';

/** Fetches from the running local system; says what to do when there is none. */
export async function askLocalSystem(url: string, port: number, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    const start = port === defaultPort ? 'npm start' : `npm start -- --port ${port}`;
    throw new StartupError(`no local system at port ${port}: start one with \`${start}\``);
  }
}
