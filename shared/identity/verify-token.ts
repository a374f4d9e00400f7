import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwtParseError } from 'aws-jwt-verify/error';
import { type Jwk, SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { isSenderId } from '../protocol/sender-id.ts';
import { userId } from '../protocol/values.ts';
import { isAccessToken } from './access-token.ts';

export type VerifiedToken = {
  readonly userId: string;
  /** Whole epoch seconds: a fraction is rounded down, never past what the issuer promised. */
  readonly expiresAt: number;
  /** Standard claims as they came: whoever wants them holds them to the rules of a profile. */
  readonly nickname?: unknown;
  readonly picture?: unknown;
  /** The claim by which the operator says whom they may reach, as it came. */
  readonly reach?: unknown;
  /** Likewise which rooms they may come into. */
  readonly rooms?: unknown;
};

/** Undefined for a token that is not to be trusted; rejects when the issuer's keys cannot be had. */
export type VerifyToken = (token: string) => Promise<VerifiedToken | undefined>;

export type Issuer = { readonly issuer: string; readonly audience: string; readonly jwksUri: string };

/** The issuer's keys cannot be had: our trouble, and nothing that a token did. */
class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError';
}

class IssuerKeys extends SimpleJwksCache {
  override async getJwks(jwksUri: string) {
    try {
      return await super.getJwks(jwksUri);
    } catch (cause) {
      throw new KeysUnavailableError('the issuer gave no keys', { cause });
    }
  }
}

/** RFC 8725, 3.1 and 3.2: an algorithm goes with one kind of key; RFC 7518, 3.3 asks 2048 bits of an RSA key. */
function fits(alg: string | undefined, { kty, crv, n }: Jwk): boolean {
  if (alg === 'RS256') return kty === 'RSA' && Buffer.from(String(n), 'base64url').length >= 256;
  return alg === 'ES256' && kty === 'EC' && crv === 'P-256';
}

/** Names the audience as OIDC does (`aud`) or as Amazon Cognito's access tokens do (`client_id`). */
function isFor(payload: Record<string, unknown>, audience: string): boolean {
  const { aud, client_id: clientId } = payload;
  return (
    aud === audience ||
    (Array.isArray(aud) && aud.includes(audience)) ||
    (aud === undefined && clientId === audience)
  );
}

/** What the operator's own claims are called, where there are any. */
export type TokenClaims = { readonly reach?: string; readonly rooms?: string };

export function tokenVerifier(
  { issuer, audience, jwksUri }: Issuer,
  fetcher: typeof fetch = fetch,
  named: TokenClaims = {},
): VerifyToken {
  const jwksCache = new IssuerKeys({
    fetcher: {
      async fetch(uri) {
        const response = await fetcher(uri, { signal: AbortSignal.timeout(3_000), redirect: 'error' });
        if (!response.ok) throw new FetchError(uri, `status ${response.status}`);
        return response.arrayBuffer();
      },
    },
  });
  const verifier = JwtVerifier.create(
    {
      issuer,
      audience: null,
      jwksUri,
      customJwtCheck({ header, payload, jwk }) {
        if (!fits(header.alg, jwk)) throw new JwtParseError('algorithm');
        if (header['crit'] !== undefined) throw new JwtParseError('critical header');
        if (!isAccessToken(header, payload)) throw new JwtParseError('type');
        if (!isFor(payload, audience)) throw new JwtParseError('audience');
        const { data: subject } = userId.safeParse(payload.sub);
        if (subject === undefined || isSenderId(subject)) throw new JwtParseError('subject');
        if (!Number.isSafeInteger(Math.floor(payload.exp ?? Number.NaN))) throw new JwtParseError('expiry');
      },
    },
    { jwksCache },
  );
  return async (token) => {
    try {
      const { sub, exp, nickname, picture, ...claims } = await verifier.verify(token);
      const reach = named.reach === undefined ? undefined : claims[named.reach];
      const rooms = named.rooms === undefined ? undefined : claims[named.rooms];
      if (sub === undefined || exp === undefined) return undefined;
      return {
        userId: sub,
        expiresAt: Math.floor(exp),
        nickname,
        picture,
        ...(reach !== undefined && { reach }),
        ...(rooms !== undefined && { rooms }),
      };
    } catch (error) {
      // The verifier throws errors of many kinds on hostile tokens, those of Node.js's own among them.
      if (error instanceof KeysUnavailableError) throw error;
      return undefined;
    }
  };
}
