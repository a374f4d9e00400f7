import middy from '@middy/core';
import { consentStore } from '../../shared/consent/consent-store.ts';
import { currentConsent } from '../../shared/consent/current-consent.ts';
import type { AuthorizerContext } from '../../shared/identity/identity.ts';
import { offeredToken } from '../../shared/identity/sub-protocol.ts';
import { tokenVerifier } from '../../shared/identity/verify-token.ts';
import { tokenProfile } from '../../shared/profiles/token-profile.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import type { AuthorizerEvent } from '../../shared/runtime/websocket-event.ts';

const env = readEnv(
  'CONSENT_TABLE',
  'TOKEN_ISSUER',
  'TOKEN_AUDIENCE',
  'TOKEN_JWKS_URI',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'PROFILES_STORED',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const consent = currentConsent(consentStore(documentClient(), env.CONSENT_TABLE), policy);
const verify = tokenVerifier({
  issuer: env.TOKEN_ISSUER,
  audience: env.TOKEN_AUDIENCE,
  jwksUri: env.TOKEN_JWKS_URI,
});

export const handler = middy<AuthorizerEvent>().handler(async ({ methodArn, headers = {} }) => {
  const token = await verify(offeredToken(headers) ?? '');
  // The word that API Gateway turns into 401.
  if (token === undefined) throw new Error('Unauthorized');
  const context: AuthorizerContext = {
    userId: token.userId,
    consent: await consent(token.userId),
    policyVersion: policy.version,
    policyDigest: policy.digest,
    tokenExpiresAt: String(token.expiresAt),
    ...(!env.PROFILES_STORED && tokenProfile(token)),
  };
  const Statement = [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }];
  return { principalId: token.userId, policyDocument: { Version: '2012-10-17', Statement }, context };
});
