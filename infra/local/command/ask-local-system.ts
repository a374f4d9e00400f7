import { signedHeaders } from '../aws/sign-request.ts';
import { readCredentials } from '../credentials/credentials-file.ts';
import { StartupError } from '../process/startup-error.ts';
import { defaultPort } from './command-line.ts';

/** Invokes a function of the running local system, signed with its key. */
export async function askLocalFunction(functionName: string, port: number, body: string): Promise<Response> {
  const running = await readCredentials(port);
  if (running === undefined) throw noLocalSystem(port);
  const { credentials, region } = running;
  const url = `http://127.0.0.1:${port + 1}/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  const asked = { method: 'POST', url, body };
  const headers = await signedHeaders({ credentials, region, service: 'lambda' }, asked);
  return await askLocalSystem(url, port, { method: 'POST', headers, body });
}

/** Fetches from the running local system; says what to do when there is none. */
export async function askLocalSystem(url: string, port: number, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch {
    throw noLocalSystem(port);
  }
}

export function noLocalSystem(port: number): StartupError {
  const start = port === defaultPort ? 'npm start' : `npm start -- --port ${port}`;
  return new StartupError(`no local system at port ${port}: start one with \`${start}\``);
}
