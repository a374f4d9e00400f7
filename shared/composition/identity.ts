import { type TokenClaims, tokenVerifier } from '../identity/verify-token.ts';
import type { Environment } from '../runtime/environment.ts';

export const tokenClaims = ({ reach, roomsJoin }: Environment): TokenClaims => ({
  ...(typeof reach === 'object' && { reach: reach.claim }),
  ...(typeof roomsJoin === 'object' && { rooms: roomsJoin.claim }),
});

export const verify = (environment: Environment) => {
  const { tokenIssuer: issuer, tokenAudience: audience, tokenJwksUri: jwksUri } = environment;
  return tokenVerifier({ issuer, audience, jwksUri }, undefined, tokenClaims(environment));
};

export const allowedOrigins = ({ allowedOrigins: allowed, nativeClients }: Environment) => ({
  allowed,
  nativeClients,
});
