import WebSocket from 'ws';
import type { LocalSystem } from '../../infra/local/local-system.ts';
import { configuredAssembly } from '../support/configured-assembly.ts';
import { startTestSystem } from '../support/local-system.ts';

let system: LocalSystem;
const logs: string[] = [];

beforeAll(async () => {
  system = await startTestSystem({
    assemblyFolder: await configuredAssembly({ origins: ['https://chat.example'], nativeClients: false }),
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
