import WebSocket from 'ws';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let system: LocalSystem;
const logs: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({
    assemblyFolder: await synthesizedAssembly({ origins: ['https://chat.example'], nativeClients: false }),
    onLog: (name, line) => void (name === 'authorize' && logs.push(line)),
  });
});
afterAll(() => system?.close());

/** The status of the handshake: 101 where the socket opens. */
async function handshake(origin?: string): Promise<number | undefined> {
  const socket = new WebSocket(system.url, ['lapse.v1', await system.token('alice')], {
    ...(origin !== undefined && { origin }),
  });
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
    socket.on('open', () => resolve(101));
    socket.on('error', () => undefined);
    socket.on('close', () => undefined);
  }).finally(() => socket.terminate()) as Promise<number | undefined>;
}

test('a page of a listed origin opens a socket, another one, or a program without Origin, is refused', async () => {
  expect(await handshake('https://chat.example')).toBe(101);
  expect(await handshake('https://evil.example')).toBe(403);
  expect(await handshake()).toBe(403);
});

test('the web chat that this machine serves works, whatever is listed', async () => {
  expect(await handshake(system.origin)).toBe(101);
  expect(await handshake(system.origin.replace('127.0.0.1', 'localhost'))).toBe(101);
});

test('a refusal is counted, and its origin is not logged', () => {
  const lines = logs.join('');
  expect(lines.match(/"RefusedHandshakes":1/g)).toHaveLength(2);
  expect(lines).not.toContain('example');
});

test.each([
  ['https://chat.example', 200],
  ['https://evil.example', 403],
])('a page of %s that wants to put media is answered %i', async (origin, status) => {
  expect(await preflight(origin)).toBe(status);
});

test('the web chat that this machine serves may put media, whatever is listed', async () => {
  expect(await preflight(system.origin)).toBe(200);
  expect(await preflight(system.origin.replace('127.0.0.1', 'localhost'))).toBe(200);
});

async function preflight(origin: string): Promise<number> {
  const bucket = system.bucketNames.find((name) => name.includes('mediabucket'));
  const { status } = await fetch(`${system.objectStoreEndpoint}/${bucket}/incoming/x/1`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type',
    },
  });
  return status;
}
