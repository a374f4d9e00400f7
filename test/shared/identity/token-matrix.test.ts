import { createSign, KeyObject, sign as nodeSign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CompactEncrypt,
  type CryptoKey,
  exportJWK,
  exportSPKI,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose';
import { tokenVerifier, type VerifyToken } from '../../../shared/identity/verify-token.ts';

/*
 * Every form of token that RFC 8725 warns of, and those that an attack tried: each ends in a person or in a refusal, never
 * in a failure, and none makes us ask anybody but the issuer for its keys.
 */

type Pair = { readonly publicKey: CryptoKey; readonly privateKey: CryptoKey };
const extractable = { extractable: true };
let rsa: Pair;
let ec: Pair;
let p384: Pair;
let stranger: Pair;
let strangerJwk: JWK;
let keyServer: Server;
let trap: Server;
let trapUrl: string;
let issuer: string;
let verify: VerifyToken;
const keyRequests: string[] = [];
const trapped: string[] = [];

const listen = async (server: Server) => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

beforeAll(async () => {
  [rsa, ec, p384, stranger] = await Promise.all([
    generateKeyPair('RS256', extractable),
    generateKeyPair('ES256', extractable),
    generateKeyPair('ES384', extractable),
    generateKeyPair('RS256', extractable),
  ]);
  strangerJwk = await exportJWK(stranger.publicKey);
  // Without `alg`, as many issuers publish them: what goes with what is for us to know.
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', use: 'sig' },
    { ...(await exportJWK(p384.publicKey)), kid: 'p384', use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'encryption', use: 'enc' },
    { kty: 'oct', k: Buffer.from('a shared secret').toString('base64url'), kid: 'oct' },
  ];
  keyServer = createServer((request, response) => {
    keyRequests.push(request.url ?? '');
    response.end(JSON.stringify({ keys }));
  });
  issuer = await listen(keyServer);
  trap = createServer((request, response) => {
    trapped.push(request.url ?? '');
    response.end(JSON.stringify({ keys: [{ ...strangerJwk, kid: 'rsa' }] }));
  });
  trapUrl = await listen(trap);
  verify = tokenVerifier({ issuer, audience: 'lapse', jwksUri: `${issuer}/jwks.json` });
});
afterAll(() => {
  keyServer.close();
  trap.close();
});
afterEach(() => {
  expect(trapped).toEqual([]);
  expect(new Set(keyRequests)).toEqual(keyRequests.length === 0 ? new Set() : new Set(['/jwks.json']));
});

const now = () => Math.floor(Date.now() / 1000);
type Fields = Record<string, unknown>;
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const payloadOf = (claims: Fields = {}) => ({
  ...{ iss: issuer, aud: 'lapse', sub: 'alice', iat: now(), exp: now() + 600 },
  ...claims,
});

/** Signed by hand: no library refuses what an attacker would write. */
function raw(header: string, payload: string, key = rsa.privateKey): string {
  const input = `${header}.${payload}`;
  const signature = createSign('RSA-SHA256').update(input).sign(KeyObject.from(key), 'base64url');
  return `${input}.${signature}`;
}
const header = (fields: Fields = {}) => part({ alg: 'RS256', kid: 'rsa', ...fields });
const signed = (claims: Fields = {}, fields: Fields = {}, key = rsa.privateKey) =>
  raw(header(fields), part(payloadOf(claims)), key);
const es256 = (signature: (input: string) => Buffer, fields: Fields = {}) => {
  const input = `${part({ alg: 'ES256', kid: 'ec', ...fields })}.${part(payloadOf())}`;
  return `${input}.${signature(input).toString('base64url')}`;
};
const ecSignature = (input: string, key = ec.privateKey, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363') =>
  nodeSign('sha256', Buffer.from(input), { key: KeyObject.from(key), dsaEncoding });

type Form = readonly [name: string, token: () => string | Promise<string>];

const accepted: readonly Form[] = [
  ['RS256', () => signed()],
  ['ES256', () => es256((input) => ecSignature(input))],
  ...['at+jwt', 'AT+JWT', 'application/at+jwt', 'JWT', 'jwt', 'application/jwt', undefined].map(
    (typ): Form => [`typ ${typ}`, () => signed({}, { typ })],
  ),
  ['several audiences', () => signed({ aud: ['other', 'lapse'] })],
  ['a Cognito access token', () => signed({ aud: undefined, client_id: 'lapse', token_use: 'access' })],
  ['nbf now', () => signed({ nbf: now() })],
  ['claims of the issuer’s own', () => signed({ scope: 'chat', roles: ['a'], auth_time: now(), jti: 'x' })],
  ['an unknown header parameter that is not critical', () => signed({}, { other: 1 })],
];

const refused: readonly Form[] = [
  // RFC 8725, 2.1 and 3.1: the algorithm is not the attacker's to choose.
  ...['none', 'None', 'NONE', 'nOnE', ''].flatMap((alg): Form[] => [
    [`alg "${alg}" without a signature`, () => `${header({ alg })}.${part(payloadOf())}.`],
    [`alg "${alg}" with the signature of another`, () => signed({}, { alg })],
  ]),
  ...['RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA', 'HS256', 'HS512', 'RS1'].map(
    (alg): Form => [`alg ${alg} over an RS256 signature`, () => signed({}, { alg })],
  ),
  ...[undefined, null, 256, ['RS256'], { alg: 'RS256' }].map(
    (alg): Form => [`alg ${JSON.stringify(alg)}`, () => signed({}, { alg })],
  ),
  ...['HS256', 'HS384', 'HS512'].map(
    (alg): Form => [
      `${alg} with the public key as the secret`,
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI(rsa.publicKey));
        return new SignJWT(payloadOf()).setProtectedHeader({ alg, kid: 'rsa' }).sign(secret);
      },
    ],
  ),
  [
    'HS256 under a symmetric key that the issuer publishes',
    async () => {
      const secret = new TextEncoder().encode('a shared secret that is long enough for it');
      return new SignJWT(payloadOf()).setProtectedHeader({ alg: 'HS256', kid: 'oct' }).sign(secret);
    },
  ],
  ['RS256 under an EC key', () => es256((input) => ecSignature(input), { alg: 'RS256' })],
  ['ES256 under an RSA key', () => signed({}, { alg: 'ES256' })],
  [
    'ES256 under a key of another curve',
    () => es256((input) => ecSignature(input, p384.privateKey), { kid: 'p384' }),
  ],
  ['a key that is for encryption', () => signed({}, { kid: 'encryption' })],
  // RFC 8725, 2.2, 2.3 and 3.4: inputs of the cryptography.
  ['ES256, a signature of zeros', () => es256(() => Buffer.alloc(64))],
  ...[0, 1, 63, 65, 96, 128, 4096].map(
    (length): Form => [
      `ES256, a signature of ${length} bytes`,
      () => es256((input) => Buffer.concat([ecSignature(input), Buffer.alloc(4096)]).subarray(0, length)),
    ],
  ),
  ['ES256, a signature in DER', () => es256((input) => ecSignature(input, ec.privateKey, 'der'))],
  ['RS256, a signature of one byte', () => `${header()}.${part(payloadOf())}.AA`],
  ['RS256, no signature', () => `${header()}.${part(payloadOf())}.`],
  [
    'an encrypted token',
    async () =>
      new CompactEncrypt(new TextEncoder().encode(JSON.stringify(payloadOf())))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM', kid: 'rsa' })
        .encrypt(await reimported()),
  ],
  ['a token in a token', () => raw(header({ cty: 'JWT' }), part(signed()))],
  // RFC 8725, 2.9, 3.10: nothing that a header names is fetched or believed.
  ['jku', () => signed({}, { jku: `${trapUrl}/jwks.json` }, stranger.privateKey)],
  ['jku, an unknown kid', () => signed({}, { kid: 'x', jku: `${trapUrl}/jwks.json` }, stranger.privateKey)],
  ['x5u', () => signed({}, { x5u: `${trapUrl}/cert.pem` }, stranger.privateKey)],
  ['jwk', () => signed({}, { jwk: strangerJwk }, stranger.privateKey)],
  ['x5c', () => signed({}, { x5c: ['MIIB'] }, stranger.privateKey)],
  ['an issuer that is a trap', () => signed({ iss: trapUrl }, {}, stranger.privateKey)],
  ...['../rsa', "rsa' OR '1'='1", 'rsa\0', '/dev/null', '__proto__', 'constructor', '', 'RSA'].map(
    (kid): Form => [`kid ${JSON.stringify(kid)}`, () => signed({}, { kid })],
  ),
  ...[undefined, null, 1, ['rsa'], {}].map(
    (kid): Form => [`kid ${JSON.stringify(kid)}`, () => signed({}, { kid })],
  ),
  ...[['exp'], [], 'exp', ['b64'], null].map(
    (crit): Form => [`crit ${JSON.stringify(crit)}`, () => signed({}, { crit })],
  ),
  // RFC 8725, 3.8 to 3.10: whose token, for whom.
  ...['https://evil.example', '', undefined, null, 1, ['a'], {}].map(
    (iss): Form => [`iss ${JSON.stringify(iss)}`, () => signed({ iss })],
  ),
  ['iss with a slash more', () => signed({ iss: `${issuer}/` })],
  ['iss in capitals', () => signed({ iss: issuer.toUpperCase() })],
  ['iss, ours among others', () => signed({ iss: [issuer] })],
  ...['other', '', undefined, null, 1, [], [''], [['lapse']], 'lapse ', 'LAPSE', 'lapse,other', {}].map(
    (aud): Form => [`aud ${JSON.stringify(aud)}`, () => signed({ aud })],
  ),
  ['another audience beside our client_id', () => signed({ aud: 'other', client_id: 'lapse' })],
  [
    "another client's Cognito token",
    () => signed({ aud: undefined, client_id: 'other', token_use: 'access' }),
  ],
  ...[undefined, null, '', ' ', 1, ['alice'], {}, 'alice#bob', 'al ice', 'al\nice', 'ä', 'a'.repeat(129)].map(
    (sub): Form => [`sub ${JSON.stringify(sub)?.slice(0, 20)}`, () => signed({ sub })],
  ),
  // RFC 8725, 3.11 and 3.12: another kind of token.
  ...[
    'logout+jwt',
    'secevent+jwt',
    'dpop+jwt',
    'id+jwt',
    'JOSE',
    'at+jwt2',
    '',
    'x/jwt',
    1,
    null,
    ['JWT'],
  ].map((typ): Form => [`typ ${JSON.stringify(typ)}`, () => signed({}, { typ })]),
  ['an ID token by its token_use', () => signed({ token_use: 'id' })],
  ['an ID token by its nonce', () => signed({ nonce: 'n' })],
  ['an ID token by its at_hash', () => signed({ at_hash: 'h' })],
  ['an ID token by its c_hash', () => signed({ c_hash: 'h' })],
  ['a logout token', () => signed({ events: { 'http://schemas.openid.net/event/backchannel-logout': {} } })],
  ['a security event', () => signed({ events: {} })],
  ['a token bound to a key', () => signed({ cnf: { jkt: 'x' } })],
  // Times.
  ...[
    ...[undefined, null, '', '9999999999', true, [], {}],
    ...[0, -1, -1e300, 2 ** 53, 2 ** 53 + 2, 1e21, 1e300],
  ].map((exp): Form => [`exp ${JSON.stringify(exp)}`, () => signed({ exp })]),
  ['exp beyond what a number holds', () => raw(header(), unquoted('exp', '1e400'))],
  ['exp a second ago', () => signed({ exp: now() - 1 })],
  ...['', '0', null, [], 1e300].map((nbf): Form => [`nbf ${JSON.stringify(nbf)}`, () => signed({ nbf })]),
  ['not yet valid', () => signed({ nbf: now() + 600 })],
  ...['', 'yesterday', null].map((iat): Form => [`iat ${JSON.stringify(iat)}`, () => signed({ iat })]),
  // What is no token at all.
  ...['', '.', '..', '...', 'x', 'a.b', 'a.b.c', 'a.b.c.d', 'a.b.c.d.e', ' ', '\0', 'Bearer x'].map(
    (text): Form => [`the text ${JSON.stringify(text)}`, () => text],
  ),
  ...[null, 1, 'x', [], [1]].flatMap((value): Form[] => [
    [`a header that is ${JSON.stringify(value)}`, () => raw(part(value), part(payloadOf()))],
    [`a payload that is ${JSON.stringify(value)}`, () => raw(header(), part(value))],
  ]),
  ['a payload that is no JSON', () => raw(header(), Buffer.from('{"sub":').toString('base64url'))],
  ['a payload that is no UTF-8', () => raw(header(), Buffer.from([0xff, 0xfe]).toString('base64url'))],
  ['a payload of another', () => swapped(signed(), 1, part(payloadOf({ sub: 'bob' })))],
  ['a header of another', () => swapped(signed(), 0, header({ typ: 'JWT' }))],
  ['a space behind', () => `${signed()} `],
  ['in the serialization as JSON', () => JSON.stringify({ payload: part(payloadOf()), signatures: [] })],
  ['64 KB of nothing', () => 'a'.repeat(65_536)],
  [
    '64 KB of claims under a stranger’s key',
    () => signed({ x: 'a'.repeat(65_536) }, {}, stranger.privateKey),
  ],
  ["a stranger's signature", () => signed({}, {}, stranger.privateKey)],
];

function unquoted(name: string, value: string): string {
  return Buffer.from(JSON.stringify(payloadOf({ [name]: '@' })).replace('"@"', value)).toString('base64url');
}
function swapped(token: string, index: number, by: string): string {
  return token
    .split('.')
    .map((each, at) => (at === index ? by : each))
    .join('.');
}
async function reimported(): Promise<CryptoKey> {
  return (await importJWK(await exportJWK(rsa.publicKey), 'RSA-OAEP-256')) as CryptoKey;
}

test.each(accepted)('a person: %s', async (_name, token) => {
  expect(await verify(await token())).toMatchObject({ userId: 'alice', expiresAt: expect.any(Number) });
});

test.each(refused)('refused, and no failure: %s', async (_name, token) => {
  expect(await verify(await token())).toBeUndefined();
});

test('an end with a fraction is rounded down: RFC 7519 allows it, and what follows counts whole seconds', async () => {
  const exp = now() + 600;
  expect(await verify(signed({ exp: exp + 0.999 }))).toMatchObject({ expiresAt: exp });
  expect(await verify(signed({ exp: 2 ** 53 - 1 }))).toMatchObject({ expiresAt: 2 ** 53 - 1 });
});

describe('keys that cannot be had are our trouble, not a bad token', () => {
  const answers: readonly [string, string][] = [
    ['no JSON', '<html>'],
    ['no keys', '{}'],
    ['keys that are none', '{"keys":[{"kty":1}]}'],
    ['nothing', ''],
  ];
  test.each(answers)('%s', async (_name, body) => {
    const broken = tokenVerifier(
      { issuer, audience: 'lapse', jwksUri: `${issuer}/jwks.json` },
      (async () => new Response(body)) as typeof fetch,
    );
    await expect(broken(signed())).rejects.toThrow('the issuer gave no keys');
  });
});

test('an RSA key of 1024 bits is not trusted', async () => {
  const weak = await crypto.subtle.generateKey(
    {
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 1024,
      publicExponent: new Uint8Array([1, 0, 1]),
      hash: 'SHA-256',
    },
    true,
    ['sign', 'verify'],
  );
  const keys = [{ ...(await exportJWK(weak.publicKey)), kid: 'rsa' }];
  const trusting = tokenVerifier(
    { issuer, audience: 'lapse', jwksUri: `${issuer}/jwks.json` },
    (async () => new Response(JSON.stringify({ keys }))) as typeof fetch,
  );
  expect(await trusting(signed({}, {}, weak.privateKey))).toBeUndefined();
});
