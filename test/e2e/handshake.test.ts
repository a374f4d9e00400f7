import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPair, SignJWT } from 'jose';
import { signingKey } from '../../infra/local/issuer/signing-key.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';
import { connect, refusedHandshake } from '../support/chat-person.ts';
import { startTestSystem } from '../support/local-system.ts';
import { synthesizedAssembly } from '../support/synthesized-assembly.ts';

let system: LocalSystem;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'lapse-test-handshake-'));
  const assemblyFolder = await synthesizedAssembly({ auth: { grace: '60s' } });
  system = await startTestSystem({ assemblyFolder, dataDir });
});
afterAll(async () => {
  await system?.close();
  await rm(dataDir, { recursive: true });
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function claims(): Promise<Record<string, unknown>> {
  const [, payload = ''] = (await system.token('alice')).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

test('the server selects lapse.v1', async () => {
  const { socket } = await connect(system, 'alice');
  expect(socket.protocol).toBe('lapse.v1');
  socket.close();
});

test('a token that is signed with ES256 enters too', async () => {
  const { socket } = await connect(system, 'alice', await system.token('alice', 60, {}, 'ES256'));
  expect(socket.protocol).toBe('lapse.v1');
  socket.close();
});

test('no token, or no sub-protocol at all: 401', async () => {
  expect(await refusedHandshake(system, ['lapse.v1'])).toBe(401);
  expect(await refusedHandshake(system, [])).toBe(401);
});

test('a bad token: 401', async () => {
  const token = await system.token('alice');
  expect(await refusedHandshake(system, ['lapse.v1', 'abc'])).toBe(401);
  expect(await refusedHandshake(system, ['lapse.v1', `${token.slice(0, -6)}AAAAAA`])).toBe(401);
  expect(await refusedHandshake(system, [token, 'lapse.v1'])).toBe(401);
});

test('an expired token: 401', async () => {
  expect(await refusedHandshake(system, ['lapse.v1', await system.token('alice', -1)])).toBe(401);
});

test('alg none: 401', async () => {
  const forged = `${part({ alg: 'none', typ: 'JWT' })}.${part(await claims())}.`;
  expect(await refusedHandshake(system, ['lapse.v1', forged])).toBe(401);
});

test('a signature of the wrong length is refused like any other, not a failure: 401', async () => {
  const [header, payload, signature = ''] = (await system.token('alice', 60, {}, 'ES256')).split('.');
  const short = `${header}.${payload}.${signature.slice(0, 40)}`;
  expect(await refusedHandshake(system, ['lapse.v1', short])).toBe(401);
});

test("another issuer's key: 401", async () => {
  const { keyId } = await signingKey(dataDir);
  const { privateKey } = await generateKeyPair('RS256');
  for (const kid of [keyId, 'x']) {
    const forged = await new SignJWT(await claims())
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey);
    expect(await refusedHandshake(system, ['lapse.v1', forged])).toBe(401);
  }
});

test.each([
  ['another audience', { aud: 'other', client_id: 'other' }, 401],
  ['another issuer', { iss: 'https://issuer.example' }, 401],
  ['a time that has not come', { nbf: Math.floor(Date.now() / 1000) + 600 }, 401],
  ['no end', { exp: undefined }, 401],
  ['an end beyond what counts as whole seconds', { exp: 2 ** 53 }, 401],
  ['an end with a fraction', { exp: Math.floor(Date.now() / 1000) + 600.5 }, undefined],
  ['the events of a logout token', { events: {} }, 401],
  ['nothing changed', {}, undefined],
])("the issuer's own key, but %s", async (_, changes, status) => {
  const { keyId, privateKey } = await signingKey(dataDir);
  const payload: Record<string, unknown> = { ...(await claims()), ...changes };
  const token = await new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: keyId }).sign(privateKey);
  expect(await refusedHandshake(system, ['lapse.v1', token])).toBe(status);
});

/** Some seconds, or more where the machine is too busy for a handshake in that time. */
async function aliceForSeconds(seconds: number) {
  const token = await system.token('alice', seconds / 60);
  try {
    return { token, alice: await connect(system, 'alice', token) };
  } catch (refused) {
    if (seconds > 60) throw refused;
    return await aliceForSeconds(seconds * 2);
  }
}

test('a socket whose token has run out is answered TOKEN_EXPIRED, then cut with a bye; others stay', async () => {
  const tablet = await connect(system, 'alice');
  const bob = await connect(system, 'bob');
  const { alice, token } = await aliceForSeconds(2);
  const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  let reply = await alice.call('ping');
  while (Date.now() < exp * 1000) reply = await alice.call('ping');
  reply = await alice.call('ping');
  expect(reply).toMatchObject({ error: { code: 'TOKEN_EXPIRED', retryable: false } });
  expect(await system.schedules.fire('expire-connections')).toMatchObject({ ok: true });
  await alice.closed;
  expect(alice.pushes).toEqual([{ type: 'bye', reason: 'TOKEN_EXPIRED', reconnect: true }]);
  for (const other of [tablet, bob]) {
    expect(await other.call('ping')).toMatchObject({ type: 'ack' });
    expect(other.pushes).toEqual([]);
    other.socket.close();
  }
});
