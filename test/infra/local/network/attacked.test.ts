import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { credentialsFile } from '../../../../infra/local/credentials/credentials-file.ts';
import { browserBlockedPorts } from '../../../../infra/local/network/browser-blocked.ts';
import { freePort } from '../../../../infra/local/network/free-port.ts';
import { projectRoot } from '../../../../infra/local/synthesis/synthesize.ts';
import { startChromium } from '../../../support/chromium.ts';
import { inBrowser } from '../../../support/in-browser.ts';
import { type Listener, listening, withDescendants } from './listening.ts';

/** Of this test alone, so that no port of the list is taken. */
const trapHost = [127, ...randomBytes(2), 77].join('.');

let system: ChildProcess;
let port: number;
let data: string;
let all: readonly Listener[];
/** What guards itself by where it is; everything else answers for itself. */
let blocked: readonly Listener[];
let guarded: readonly Listener[];

beforeAll(async () => {
  port = await freePort(2);
  data = await mkdtemp(join(tmpdir(), 'lapse-attacked-'));
  system = spawn(
    process.execPath,
    ['infra/local/main.ts', '--port', String(port), '--data', join(data, 'kept')],
    { cwd: projectRoot, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const line of createInterface({ input: system.stdout! })) if (line.startsWith('web ')) break;
  system.stdout?.resume();
  // Whoever is let in starts functions: they listen nowhere.
  await fetch(`http://127.0.0.1:${port}/local/token?sub=alice`).then(async (response) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/v1`, ['lapse.v1', await response.text()]);
    await once(socket, 'open');
    socket.terminate();
  });
  all = listening(withDescendants(system.pid!));
  blocked = all.filter((one) => browserBlockedPorts.includes(one.port));
  guarded = all.filter((one) => !blocked.includes(one));
});
afterAll(async () => {
  system.kill('SIGINT');
  await once(system, 'exit');
  await rm(data, { recursive: true });
});

async function ask(
  { host, port: at }: Listener,
  path: string,
  { method = 'GET', headers = {} as Record<string, string>, body = '' } = {},
) {
  const asked = request({ host, port: at, path, method, headers });
  asked.end(body);
  const [response] = await once(asked, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('it listens on loopback addresses alone: the API, the Invoke API, tables, queues, objects, the bus, and one engine', () => {
  expect(all.filter(({ host }) => !host.startsWith('127.'))).toEqual([]);
  expect(guarded).toHaveLength(6);
  expect(blocked).toHaveLength(1);
  expect(guarded.map((one) => one.port)).toEqual(expect.arrayContaining([port, port + 1]));
});

const calls = [
  { method: 'GET' },
  { method: 'POST', body: '{}', headers: { 'x-amz-target': 'DynamoDB_20120810.ListTables' } },
  { method: 'POST', body: '{}', headers: { 'x-amz-target': 'AmazonSQS.ListQueues' } },
  { method: 'POST', body: '{}', headers: { 'x-amz-target': 'AWSEvents.PutEvents' } },
  { method: 'POST', body: '{}', headers: { 'content-type': 'text/plain' } },
  { method: 'DELETE' },
  { method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } },
];
const paths = [
  '/',
  '/local/token?sub=alice',
  '/v1/@connections/AAAAAAAAAAAAAAA=',
  '/2015-03-31/functions/send/invocations',
  '/_fauxqs/queues',
];

test.each([
  'evil.example',
  'localhost.evil.example',
  '127.0.0.1.evil.example:80',
  '0.0.0.0',
  '[::1].evil.example',
])('by the name %j every guarded port refuses everything', async (name) => {
  for (const listener of guarded) {
    for (const path of paths) {
      for (const call of calls) {
        const headers = { ...call.headers, host: name };
        const { status } = await ask(listener, path, { ...call, headers });
        expect([listener.port, path, status]).toEqual([listener.port, path, 403]);
      }
    }
  }
});

test('a WebSocket by another name is refused before anybody is asked', async () => {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1`, ['lapse.v1', 'x'], {
    headers: { host: 'evil.example' },
  });
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('403');
});

test('without a signature every guarded port but the page refuses everything', async () => {
  for (const listener of guarded.filter((one) => one.port !== port)) {
    for (const path of paths) {
      for (const call of calls) {
        const { status, headers } = await ask(listener, path, call);
        expect([listener.port, path, call.method, status]).toEqual([listener.port, path, call.method, 403]);
        expect(headers['access-control-allow-origin']).toBeUndefined();
      }
    }
  }
});

test.each([{}, { authorization: 'AWS4-HMAC-SHA256 anything' }, { authorization: forged() }])(
  '@connections refuses %j',
  async (headers) => {
    const listener = { host: '127.0.0.1', port };
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { status } = await ask(listener, '/v1/@connections/AAAAAAAAAAAAAAA=', { method, headers });
      expect(status).toBe(403);
    }
  },
);

/** Complete, and signed by nobody. */
function forged(): string {
  const scope = '20260101/ap-northeast-2/execute-api/aws4_request';
  return `AWS4-HMAC-SHA256 Credential=local/${scope}, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
}

test('what is on the disk is for this user alone: the data, and the key while the system runs', () => {
  expect(statSync(join(data, 'kept')).mode & 0o077).toBe(0);
  expect(statSync(credentialsFile(port)).mode & 0o077).toBe(0);
});

inBrowser('from a page of another origin', () => {
  let site: Server;
  let traps: readonly NetServer[];
  let trapped: readonly number[];
  let tried: readonly { at: string; how: string; outcome: string }[];

  beforeAll(async () => {
    site = createServer((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>evil</title>');
    }).listen(0, '127.0.0.1');
    await once(site, 'listening');
    const hit: number[] = [];
    traps = await Promise.all(
      browserBlockedPorts.map(async (trap) => {
        const server = createNetServer((socket) => {
          hit.push(trap);
          socket.destroy();
        }).listen(trap, trapHost);
        await once(server, 'listening');
        return server;
      }),
    );
    trapped = hit;
    const browser = await startChromium();
    const tab = await browser.open(`http://localhost:${(site.address() as AddressInfo).port}/`);
    const addresses = all.map((one) => `http://${one.host}:${one.port}`);
    tried = await tab.evaluate(`(async () => {
      const tried = [];
      const attempt = async (at, how, act) => {
        const outcome = await act().then((answer) => 'answered ' + answer, (error) => 'refused ' + error.name);
        tried.push({ at, how, outcome });
      };
      for (const at of ${JSON.stringify(addresses)}) {
        for (const path of ${JSON.stringify(paths)}) {
          for (const method of ['GET', 'POST', 'DELETE'])
            await attempt(at, 'read ' + method + ' ' + path, async () => (await fetch(at + path, { method })).text());
          await attempt(at, 'send ' + path, async () =>
            (await fetch(at + path, { method: 'POST', mode: 'no-cors', body: '{}' })).type);
        }
      }
      for (const trap of ${JSON.stringify(browserBlockedPorts)})
        await attempt('trap', String(trap), async () =>
          (await fetch('http://${trapHost}:' + trap + '/', { mode: 'no-cors' })).type);
      await attempt('token', 'embed', async () =>
        (await fetch('http://127.0.0.1:${port}/local/token?sub=alice', { mode: 'no-cors' })).type);
      await attempt('socket', 'open', () => new Promise((resolve, reject) => {
        const socket = new WebSocket('ws://127.0.0.1:${port}/v1', ['lapse.v1', 'x']);
        socket.onopen = () => resolve('open');
        socket.onerror = () => reject(new TypeError('refused'));
      }));
      return tried;
    })()`);
    await browser.close();
  });
  afterAll(() => {
    for (const server of [site, ...traps]) server.close();
  });

  test('nothing can be read, on any port', () => {
    const reads = tried.filter(({ how }) => how.startsWith('read '));
    expect(reads).toHaveLength(all.length * paths.length * 3);
    expect(reads.filter(({ outcome }) => outcome !== 'refused TypeError')).toEqual([]);
  });

  test('the engine that cannot be told who may ask is never reached, not even blindly', () => {
    const sent = tried.filter(
      ({ at, how }) => how.startsWith('send ') && at === `http://${blocked[0]?.host}:${blocked[0]?.port}`,
    );
    expect(sent).toHaveLength(paths.length);
    expect(sent.filter(({ outcome }) => outcome !== 'refused TypeError')).toEqual([]);
  });

  test('this browser connects to none of the ports that are counted on', () => {
    expect(tried.filter(({ at }) => at === 'trap')).toHaveLength(browserBlockedPorts.length);
    expect(trapped).toEqual([]);
  });

  test('a token can neither be read nor embedded, and no socket opens', () => {
    expect(tried.slice(-2)).toEqual([
      { at: 'token', how: 'embed', outcome: 'refused TypeError' },
      { at: 'socket', how: 'open', outcome: 'refused TypeError' },
    ]);
  });
});
