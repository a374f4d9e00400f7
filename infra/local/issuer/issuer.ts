import { SignJWT } from 'jose';
import type { Algorithm, SigningKey } from './signing-key.ts';

/** What the operator's issuer may say of a person, where profiles are not stored. */
export type ProfileClaims = {
  readonly nickname?: string;
  readonly picture?: string;
  /** What makes Cognito's tokens long. */
  readonly 'cognito:groups'?: readonly string[];
};

export type Issuer = {
  /** A token for this user that ends in so many minutes; a negative number has ended already. */
  token(sub: string, minutes?: number, profile?: ProfileClaims, algorithm?: Algorithm): Promise<string>;
  /** The JWKS document. */
  keys(): string;
};

export type IssuerOptions = {
  /** One for each algorithm that tokens are asked for with. */
  readonly keys: readonly SigningKey[];
  readonly issuer: string;
  readonly audience: string;
  readonly now?: () => number;
};

/** Mints development tokens in the shape of Cognito's access tokens. */
export function tokenIssuer({ keys, issuer, audience, now = Date.now }: IssuerOptions): Issuer {
  return {
    keys: () => JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }),
    token: async (sub, minutes = 60, profile = {}, algorithm = 'RS256') => {
      const key = keys.find((one) => one.algorithm === algorithm);
      if (key === undefined) throw new Error(`no key for ${algorithm}`);
      const nowSeconds = Math.floor(now() / 1000);
      const expiresAt = nowSeconds + Math.round(minutes * 60);
      return new SignJWT({ ...profile, client_id: audience, token_use: 'access', scope: 'openid' })
        .setProtectedHeader({ alg: algorithm, kid: key.keyId, typ: 'JWT' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.min(nowSeconds, expiresAt))
        .setExpirationTime(expiresAt)
        .sign(key.privateKey);
    },
  };
}
