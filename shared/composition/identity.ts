import { tokenVerifier } from '../identity/verify-token.ts';
import type { Environment } from '../runtime/environment.ts';

export const verify = ({ tokenIssuer, tokenAudience, tokenJwksUri, reach }: Environment) =>
  tokenVerifier(
    { issuer: tokenIssuer, audience: tokenAudience, jwksUri: tokenJwksUri },
    undefined,
    typeof reach === 'object' ? reach.claim : undefined,
  );

export const allowedOrigins = ({ allowedOrigins: allowed, nativeClients }: Environment) => ({
  allowed,
  nativeClients,
});
