import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose';
import * as z from 'zod';
import { StartupError } from '../process/startup-error.ts';

/** What `verify-token` takes, and nothing else. */
export type Algorithm = 'RS256' | 'ES256';

export type SigningKey = {
  readonly algorithm: Algorithm;
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** What the JWKS document shows. */
  readonly publicJwk: JWK;
};

const text = z.string();
const privateJwk = {
  RS256: z.object({
    ...{ kty: z.literal('RSA'), n: text, e: text, d: text },
    ...{ p: text, q: text, dp: text, dq: text, qi: text },
  }),
  ES256: z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), x: text, y: text, d: text }),
};
const publicPart = {
  RS256: z.object({ kty: text, n: text, e: text }),
  ES256: z.object({ kty: text, crv: text, x: text, y: text }),
};
const fileNames = { RS256: 'signing-key.json', ES256: 'signing-key-es256.json' };

/** A key that development tokens are signed with: kept in the data folder, so that tokens outlive a restart. */
export async function signingKey(
  dataDir: string | undefined,
  algorithm: Algorithm = 'RS256',
): Promise<SigningKey> {
  const file = dataDir === undefined ? undefined : join(dataDir, fileNames[algorithm]);
  const jwk = (file === undefined ? undefined : readKey(file, algorithm)) ?? (await newKey(file, algorithm));
  const privateKey = await importJWK(jwk, algorithm, { extractable: false });
  if (privateKey instanceof Uint8Array) throw new StartupError(`${file}: not a private key`);
  const shown = publicPart[algorithm].parse(jwk);
  const keyId = await calculateJwkThumbprint(shown);
  return { algorithm, keyId, privateKey, publicJwk: { ...shown, kid: keyId, alg: algorithm, use: 'sig' } };
}

const newKey = async (file: string | undefined, algorithm: Algorithm): Promise<JWK> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (file !== undefined) await writeFile(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
};

const readKey = (file: string, algorithm: Algorithm): JWK | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return privateJwk[algorithm].parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartupError(`${file}: not a signing key of the local runtime; delete it to get a new one`);
  }
};
