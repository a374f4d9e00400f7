import { SignJWT } from 'jose';
import type { SigningKey } from './signing-key.ts';

/** What the operator's issuer may say of a person, where profiles are not stored. */
export type ProfileClaims = { readonly nickname?: string; readonly picture?: string };

export type Issuer = {
  /** A token for this user that ends in so many minutes; a negative number has ended already. */
  token(sub: string, minutes?: number, profile?: ProfileClaims): Promise<string>;
  /** The JWKS document. */
  keys(): string;
};

export type IssuerOptions = {
  readonly key: SigningKey;
  readonly issuer: string;
  readonly audience: string;
  readonly now?: () => number;
};

/** Mints development tokens in the shape of Cognito's access tokens. */
export function tokenIssuer({ key, issuer, audience, now = Date.now }: IssuerOptions): Issuer {
  return {
    keys: () => JSON.stringify({ keys: [key.publicJwk] }),
    token: (sub, minutes = 60, profile = {}) => {
      const nowSeconds = Math.floor(now() / 1000);
      const expiresAt = nowSeconds + Math.round(minutes * 60);
      return new SignJWT({ ...profile, client_id: audience, token_use: 'access', scope: 'openid' })
        .setProtectedHeader({ alg: 'RS256', kid: key.keyId, typ: 'JWT' })
        .setSubject(sub)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.min(nowSeconds, expiresAt))
        .setExpirationTime(expiresAt)
        .sign(key.privateKey);
    },
  };
}
