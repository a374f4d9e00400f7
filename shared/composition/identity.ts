import { tokenVerifier } from '../identity/verify-token.ts';
import type { Environment } from '../runtime/environment.ts';

export const verify = ({ tokenIssuer, tokenAudience, tokenJwksUri }: Environment) =>
  tokenVerifier({ issuer: tokenIssuer, audience: tokenAudience, jwksUri: tokenJwksUri });

export const allowedOrigins = ({ allowedOrigins: allowed, nativeClients }: Environment) => ({
  allowed,
  nativeClients,
});
