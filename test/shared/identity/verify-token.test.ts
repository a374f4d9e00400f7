import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { tokenVerifier, type VerifyToken } from '../../../shared/identity/verify-token.ts';

type Pair = { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
let rsa: Pair;
let ec: Pair;
let rsa384: Pair;
let stranger: Pair;
let server: Server;
let issuer: string;
let verify: VerifyToken;
const requests: string[] = [];

beforeAll(async () => {
  [rsa, ec, rsa384, stranger] = await Promise.all([
    generateKeyPair('RS256', { extractable: true }),
    generateKeyPair('ES256', { extractable: true }),
    generateKeyPair('RS384', { extractable: true }),
    generateKeyPair('RS256'),
  ]);
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
    { ...(await exportJWK(rsa384.publicKey)), kid: 'rsa384', alg: 'RS384', use: 'sig' },
  ];
  server = createServer((request, response) => {
    requests.push(request.url ?? '');
    if (request.url === '/moved.json') return void response.writeHead(302, { location: '/jwks.json' }).end();
    response.end(JSON.stringify({ keys }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  verify = tokenVerifier({ issuer, audience: 'lapse', jwksUri: `${issuer}/jwks.json` });
});
afterAll(() => server.close());

const now = () => Math.floor(Date.now() / 1000);
type Claims = Record<string, unknown>;

async function token(
  claims: Claims = {},
  header: { alg?: string; kid?: string } & Claims = {},
  key?: CryptoKey,
) {
  const all = { iss: issuer, aud: 'lapse', sub: 'alice', iat: now(), exp: now() + 600, ...claims };
  const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header })
    .sign(key ?? rsa.privateKey);
}

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('accepted', () => {
  test('RS256, with the user and the expiry', async () => {
    const exp = now() + 60;
    expect(await verify(await token({ exp }))).toEqual({ userId: 'alice', expiresAt: exp });
  });
  test('ES256', async () => {
    expect(await verify(await token({}, { alg: 'ES256', kid: 'ec' }, ec.privateKey))).toMatchObject({
      userId: 'alice',
    });
  });
  test('one audience of several', async () => {
    expect(await verify(await token({ aud: ['other', 'lapse'] }))).toBeDefined();
  });
  test("Amazon Cognito's access token, which names its client instead", async () => {
    expect(
      await verify(await token({ aud: undefined, client_id: 'lapse', token_use: 'access' })),
    ).toBeDefined();
  });
});

describe('refused', () => {
  const claims: [string, Claims][] = [
    ['expired', { exp: now() - 1 }],
    ['without an expiry', { exp: undefined }],
    ['not yet valid', { nbf: now() + 600 }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another audience', { aud: 'other' }],
    ['no audience', { aud: undefined }],
    ["another client's Cognito token", { aud: undefined, client_id: 'other', token_use: 'access' }],
    ['an id token', { token_use: 'id' }],
    ['no subject', { sub: undefined }],
    ['a subject that would break a store key', { sub: 'alice#bob' }],
    ["the id of one of the operator's senders", { sub: 'bot:support' }],
  ];
  test.each(claims)('%s', async (_name, changed) => {
    expect(await verify(await token(changed))).toBeUndefined();
  });

  test.each(['none', 'None', 'nOnE'])('alg %s', async (alg) => {
    const payload = part({ iss: issuer, aud: 'lapse', sub: 'alice', exp: now() + 600 });
    expect(await verify(`${part({ alg, kid: 'rsa' })}.${payload}.`)).toBeUndefined();
  });
  test('HS256 signed with the public key', async () => {
    const secret = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
    const forged = await new SignJWT({ iss: issuer, aud: 'lapse', sub: 'alice', exp: now() + 600 })
      .setProtectedHeader({ alg: 'HS256', kid: 'rsa' })
      .sign(secret);
    expect(await verify(forged)).toBeUndefined();
  });
  test('an algorithm outside RS256 and ES256, though its key is published', async () => {
    expect(await verify(await token({}, { alg: 'RS384', kid: 'rsa384' }, rsa384.privateKey))).toBeUndefined();
  });
  test("a stranger's key under a known kid", async () => {
    expect(await verify(await token({}, {}, stranger.privateKey))).toBeUndefined();
  });
  test('a changed payload', async () => {
    const [header, , signature] = (await token()).split('.');
    const payload = part({ iss: issuer, aud: 'lapse', sub: 'bob', exp: now() + 600 });
    expect(await verify(`${header}.${payload}.${signature}`)).toBeUndefined();
  });
  test.each(['', 'x', 'a.b.c', '..'])('what is no token: %j', async (text) => {
    expect(await verify(text)).toBeUndefined();
  });
  test('a header that names its own keys is never followed', async () => {
    const before = requests.length;
    const forged = await token(
      {},
      { kid: '../../etc', jku: `${issuer}/trap`, x5u: `${issuer}/trap` },
      stranger.privateKey,
    );
    expect(await verify(forged)).toBeUndefined();
    expect(requests.slice(before)).not.toContain('/trap');
  });
  test('unknown key ids do not hammer the issuer', async () => {
    const before = requests.length;
    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(
        await verify(await token({}, { kid: `unknown-${attempt}` }, stranger.privateKey)),
      ).toBeUndefined();
    }
    expect(requests.length - before).toBeLessThanOrEqual(1);
  });
});

test('an issuer that cannot be reached is our trouble, not a bad token', async () => {
  const unreachable = tokenVerifier({ issuer, audience: 'lapse', jwksUri: 'http://127.0.0.1:9/jwks.json' });
  await expect(unreachable(await token())).rejects.toThrow();
});

test('keys are taken from where the operator said, and not from where that address leads', async () => {
  requests.length = 0;
  const moved = tokenVerifier({ issuer, audience: 'lapse', jwksUri: `${issuer}/moved.json` });
  await expect(moved(await token())).rejects.toThrow('the issuer gave no keys');
  expect(requests).toEqual(['/moved.json']);
});
