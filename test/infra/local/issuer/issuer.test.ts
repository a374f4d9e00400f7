import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { tokenIssuer } from '../../../../infra/local/issuer/issuer.ts';
import { signingKey } from '../../../../infra/local/issuer/signing-key.ts';

const nowSeconds = 1_700_000_000;
const settings = { issuer: 'http://127.0.0.1:1/pool', audience: 'client', now: () => nowSeconds * 1000 };
const at = { currentDate: new Date(nowSeconds * 1000) };

test.each(['RS256', 'ES256'] as const)(
  'mints tokens with %s that its own JWKS document verifies, in the shape of an access token',
  async (algorithm) => {
    const bothKeys = [await signingKey(undefined), await signingKey(undefined, 'ES256')];
    const issuer = tokenIssuer({ keys: bothKeys, ...settings });
    const keys = createLocalJWKSet(JSON.parse(issuer.keys()));
    const { payload, protectedHeader } = await jwtVerify(
      await issuer.token('alice', 5, {}, algorithm),
      keys,
      {
        ...at,
        issuer: settings.issuer,
        audience: 'client',
      },
    );
    expect(protectedHeader.alg).toBe(algorithm);
    expect(payload).toMatchObject({
      sub: 'alice',
      client_id: 'client',
      token_use: 'access',
      iat: nowSeconds,
      exp: nowSeconds + 300,
    });
    await expect(jwtVerify(await issuer.token('alice', -1), keys, at)).rejects.toThrow('"exp"');
    expect(issuer.keys()).not.toContain('"d"');
  },
);

test.each([
  ['RS256', 'signing-key.json'],
  ['ES256', 'signing-key-es256.json'],
] as const)(
  'keeps its key for %s in the data folder, readable by its owner only',
  async (algorithm, name) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'lapse-test-key-'));
    try {
      const [first, again, other] = [
        await signingKey(dataDir, algorithm),
        await signingKey(dataDir, algorithm),
        await signingKey(undefined, algorithm),
      ];
      expect(again.publicJwk).toEqual(first.publicJwk);
      expect(other.keyId).not.toBe(first.keyId);
      const file = join(dataDir, name);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await writeFile(file, '{}');
      await expect(signingKey(dataDir, algorithm)).rejects.toThrow('delete it to get a new one');
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);
