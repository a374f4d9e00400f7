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
import { StartupError } from '../startup-error.ts';

export type SigningKey = {
  readonly keyId: string;
  readonly privateKey: CryptoKey;
  /** What the JWKS document shows. */
  readonly publicJwk: JWK;
};

const algorithm = 'RS256';

const storedShape = z.object({
  kty: z.literal('RSA'),
  n: z.string(),
  e: z.string(),
  d: z.string(),
  p: z.string(),
  q: z.string(),
  dp: z.string(),
  dq: z.string(),
  qi: z.string(),
});

/** The key that development tokens are signed with: kept in the data folder, so that tokens outlive a restart. */
export async function signingKey(dataDir: string | undefined): Promise<SigningKey> {
  const file = dataDir === undefined ? undefined : join(dataDir, 'signing-key.json');
  const jwk = (file === undefined ? undefined : readKey(file)) ?? (await newKey(file));
  const privateKey = await importJWK(jwk, algorithm, { extractable: false });
  if (privateKey instanceof Uint8Array) throw new StartupError(`${file}: not an RSA key`);
  const { kty, n, e } = storedShape.parse(jwk);
  const keyId = await calculateJwkThumbprint({ kty, n, e });
  return { keyId, privateKey, publicJwk: { kty, n, e, kid: keyId, alg: algorithm, use: 'sig' } };
}

const newKey = async (file: string | undefined): Promise<JWK> => {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true });
  const jwk = await exportJWK(privateKey);
  if (file !== undefined) await writeFile(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
};

const readKey = (file: string): JWK | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return storedShape.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartupError(`${file}: not a signing key of the local runtime; delete it to get a new one`);
  }
};
