import middy from '@middy/core';
import type { AuthorizerEvent } from '../../shared/handlers/websocket-event.ts';
import { admitsOrigin } from '../../shared/identity/admits-origin.ts';
import { identify } from '../../shared/identity/identify.ts';
import { tokenVerifier } from '../../shared/identity/verify-token.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';

const env = readEnv(
  'CONSENT_TABLE',
  'METRIC_NAMESPACE',
  'TOKEN_ISSUER',
  'TOKEN_AUDIENCE',
  'TOKEN_JWKS_URI',
  'POLICY_VERSION',
  'POLICY_DIGEST',
  'PROFILES_STORED',
  'ALLOWED_ORIGINS',
  'NATIVE_CLIENTS',
);
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const origins = { allowed: env.ALLOWED_ORIGINS, nativeClients: env.NATIVE_CLIENTS };
const measured = metrics(env.METRIC_NAMESPACE);
const deps = {
  verify: tokenVerifier({
    issuer: env.TOKEN_ISSUER,
    audience: env.TOKEN_AUDIENCE,
    jwksUri: env.TOKEN_JWKS_URI,
  }),
  consent: currentConsent(consentStore(documentClient(), env.CONSENT_TABLE), policy),
  policy,
  profilesStored: env.PROFILES_STORED,
  metrics: measured,
};

export const handler = middy<AuthorizerEvent>().handler(async ({ methodArn, headers = {} }) => {
  if (!admitsOrigin(origins, headers)) {
    measured.put({ RefusedHandshakes: 1 });
    return { principalId: 'nobody', policyDocument: decision('Deny', methodArn) };
  }
  const context = await identify(deps, headers);
  if (context === undefined) {
    measured.put({ RefusedHandshakes: 1 });
    // The word that API Gateway turns into 401.
    throw new Error('Unauthorized');
  }
  return { principalId: context.userId, policyDocument: decision('Allow', methodArn), context };
});

function decision(Effect: 'Allow' | 'Deny', methodArn: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource: methodArn }],
  };
}
