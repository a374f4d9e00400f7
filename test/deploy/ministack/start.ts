import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from '../../../infra/local/network/free-port.ts';
import { startCompanion } from '../../../infra/local/process/companion-process.ts';
import { StartupError } from '../../../infra/local/process/startup-error.ts';

export type MiniStack = {
  readonly endpoint: string;
  readonly accountId: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What clients must trust: the bucket and queue policies refuse whoever comes without TLS. */
  readonly certificateFile: string;
  readonly certificate: string;
  close(): Promise<void>;
};

const accountId = '000000000000';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** With TLS and with IAM enforced: the deployed functions may do what their roles allow, and nothing else. */
export async function startMiniStack(python: string, region: string): Promise<MiniStack> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'lapse-ministack-'));
  const certificateFile = join(folder, 'ministack-tls', 'server.crt');
  const environment = {
    // The Node.js that runs this is the one that runs the functions: Lambda's own version.
    PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
    TMPDIR: folder,
    HOME: folder,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_ACCOUNT_ID: accountId,
    MINISTACK_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AUTH: 'true',
    USE_SSL: '1',
    LOG_LEVEL: 'WARNING',
  };
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const companion = startCompanion('env', ['-i', ...variables, python, '-m', 'ministack']);
  const close = async () => {
    await companion.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const endpoint = `https://localhost:${port}`;
  const started = await Promise.race([untilListening(port), companion.exited]);
  if (started !== undefined) {
    await close();
    throw new StartupError(`MiniStack did not start: ${started}`);
  }
  const certificate = await readFile(certificateFile, 'utf8');
  return { endpoint, accountId, region, credentials, certificateFile, certificate, close };
}

async function untilListening(port: number): Promise<undefined> {
  while (!(await listens(port))) await wait(50);
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
