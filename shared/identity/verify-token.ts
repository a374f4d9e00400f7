import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwksValidationError, JwtBaseError, JwtParseError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { userId } from '../protocol/values.ts';

export type VerifiedToken = {
  readonly userId: string;
  readonly expiresAt: number;
  /** Standard claims as they came: whoever wants them holds them to the rules of a profile. */
  readonly nickname?: unknown;
  readonly picture?: unknown;
};

/** Undefined for a token that is not to be trusted; rejects when the issuer's keys cannot be had. */
export type VerifyToken = (token: string) => Promise<VerifiedToken | undefined>;

export type Issuer = { readonly issuer: string; readonly audience: string; readonly jwksUri: string };

const algorithms = ['RS256', 'ES256'];

/** Names the audience as OIDC does (`aud`) or as Amazon Cognito's access tokens do (`client_id`). */
function isFor(payload: Record<string, unknown>, audience: string): boolean {
  const { aud, client_id: clientId, token_use: use } = payload;
  if (use !== undefined && use !== 'access') return false;
  return (
    aud === audience ||
    (Array.isArray(aud) && aud.includes(audience)) ||
    (aud === undefined && clientId === audience)
  );
}

export function tokenVerifier(
  { issuer, audience, jwksUri }: Issuer,
  fetcher: typeof fetch = fetch,
): VerifyToken {
  const jwksCache = new SimpleJwksCache({
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
      customJwtCheck({ header, payload }) {
        if (!algorithms.includes(String(header.alg))) throw new JwtParseError('algorithm');
        if (header['crit'] !== undefined) throw new JwtParseError('critical header');
        if (typeof payload.exp !== 'number') throw new JwtParseError('no expiry');
        if (!isFor(payload, audience)) throw new JwtParseError('audience');
        if (!userId.safeParse(payload.sub).success) throw new JwtParseError('subject');
      },
    },
    { jwksCache },
  );
  return async (token) => {
    try {
      const { sub, exp, nickname, picture } = await verifier.verify(token);
      if (sub === undefined || exp === undefined) return undefined;
      return { userId: sub, expiresAt: exp, nickname, picture };
    } catch (error) {
      if (error instanceof FetchError || error instanceof JwksValidationError) throw error;
      if (error instanceof JwtBaseError) return undefined;
      throw error;
    }
  };
}
