import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type GuardedEngine, guardEngine } from '../../../../infra/local/aws/guarded-engine.ts';
import { signedHeaders } from '../../../../infra/local/aws/sign-request.ts';
import { signatureFault } from '../../../../infra/local/aws/signature-fault.ts';
import { startCredentials } from '../../../../infra/local/credentials/start-credentials.ts';

const credentials = startCredentials();
const region = 'eu-west-1';

let engine: Server;
let guard: GuardedEngine;
let reached: string[];

beforeAll(async () => {
  engine = createServer(async (asked, response) => {
    reached.push(await text(asked));
    response.setHeader('access-control-allow-origin', '*').writeHead(200, { 'x-from': 'engine' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(engine, 'listening');
  const { port } = engine.address() as AddressInfo;
  guard = await guardEngine({
    engine: { origin: `http://127.0.0.1:${port}` },
    service: 'dynamodb',
    credentials,
  });
});
afterAll(async () => {
  await guard.close();
  engine.close();
});
beforeEach(() => {
  reached = [];
});

const signed = (more: object = {}, headers: Record<string, string> = {}) =>
  signedHeaders(
    { credentials, region, service: 'dynamodb', ...more },
    {
      method: 'POST',
      url: `${guard.endpoint}/`,
      headers: { 'x-amz-target': 'X.ListTables', ...headers },
      body: '{"a":1}',
    },
  );

async function ask(headers: Record<string, string>, body = '{"a":1}') {
  const asked = request(`${guard.endpoint}/`, { method: 'POST', headers });
  asked.end(body);
  const [response] = await once(asked, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test('what is signed with the key of this start reaches the engine, whose invitation to every page does not come back', async () => {
  const { status, headers } = await ask(await signed());
  expect([status, headers['x-from'], reached]).toEqual([200, 'engine', ['{"a":1}']]);
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
});

test('the engine is no longer asked for what nobody waits for any more', async () => {
  const slow = createServer().listen(0, '127.0.0.1');
  await once(slow, 'listening');
  const { port } = slow.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const before = await guardEngine({ engine: { origin }, service: 'dynamodb', credentials });
  const asked = request(`${before.endpoint}/`, { method: 'POST', headers: await signed() });
  asked.on('error', () => undefined).end('{"a":1}');
  const [, answer] = await once(slow, 'request');
  asked.destroy();
  await once(answer, 'close');
  expect(answer.writableFinished).toBe(false);
  await before.close();
  slow.close();
});

const later = (headers: Record<string, string>, change: Record<string, string>) => ({
  ...headers,
  ...change,
});

type Forgery = [what: string, fault: string, headers: () => Promise<Record<string, string>>, body?: string];

const forgeries: readonly Forgery[] = [
  ['no signature', 'MissingAuthenticationTokenException', async () => ({ 'x-amz-target': 'X.ListTables' })],
  ['another key', 'InvalidSignatureException', () => signed({ credentials: startCredentials() })],
  [
    'the key that everybody knew',
    'InvalidSignatureException',
    () => signed({ credentials: { accessKeyId: 'local', secretAccessKey: 'local' } }),
  ],
  [
    'another id',
    'UnrecognizedClientException',
    () => signed({ credentials: { ...credentials, accessKeyId: 'x' } }),
  ],
  ['another service', 'InvalidSignatureException', () => signed({ service: 'sqs' })],
  ['another body', 'InvalidSignatureException', () => signed(), '{"a":2}'],
  [
    'another target',
    'InvalidSignatureException',
    async () => later(await signed(), { 'x-amz-target': 'X.Scan' }),
  ],
  [
    'a target that is not signed',
    'InvalidSignatureException',
    async () => later(await signed(), { 'x-amz-more': '1' }),
  ],
  [
    'a page of its own',
    'AccessDeniedException',
    async () => later(await signed(), { origin: 'http://127.0.0.1:8787' }),
  ],
  ['no page at all', 'AccessDeniedException', async () => later(await signed(), { origin: 'null' })],
];

test.each(forgeries)('refuses %s', async (...[, fault, headers, body]) => {
  const answer = await ask(await headers(), body);
  expect([answer.status, JSON.parse(answer.body).__type, reached]).toEqual([403, fault, []]);
});

test('refuses another name for this machine, however it is signed', async () => {
  const answer = await ask(later(await signed(), { host: 'evil.example' }));
  expect([answer.status, answer.body, reached]).toEqual([
    403,
    'only http://127.0.0.1 and http://localhost',
    [],
  ]);
});

test('a signature ends after a quarter of an hour', async () => {
  const headers = await signed();
  const asked = { method: 'POST', url: '/', headers };
  const body = Buffer.from('{"a":1}');
  const at = (minutes: number) => ({
    service: 'dynamodb',
    credentials,
    now: () => Date.now() + minutes * 60_000,
  });
  expect(await signatureFault(asked, body, at(14))).toBeUndefined();
  expect(await signatureFault(asked, body, at(16))).toBe('InvalidSignatureException');
  expect(await signatureFault(asked, body, at(-16))).toBe('InvalidSignatureException');
});

test('every start has a key of its own', () => {
  expect(startCredentials().secretAccessKey).not.toBe(startCredentials().secretAccessKey);
  expect(startCredentials().secretAccessKey).toHaveLength(43);
});
