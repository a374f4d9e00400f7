import middy from '@middy/core';
import type { AuthorizerEvent } from '../../shared/handlers/websocket-event.ts';
import { admitsOrigin } from '../../shared/identity/admits-origin.ts';
import { identify } from '../../shared/identity/identify.ts';
import { tokenVerifier } from '../../shared/identity/verify-token.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { metrics } from '../../shared/runtime/metrics.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';

const env = readEnvironment(
  'consentTable',
  'metricNamespace',
  'tokenIssuer',
  'tokenAudience',
  'tokenJwksUri',
  'policyVersion',
  'policyDigest',
  'profilesStored',
  'allowedOrigins',
  'nativeClients',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const origins = { allowed: env.allowedOrigins, nativeClients: env.nativeClients };
const measured = metrics(env.metricNamespace);
const deps = {
  verify: tokenVerifier({
    issuer: env.tokenIssuer,
    audience: env.tokenAudience,
    jwksUri: env.tokenJwksUri,
  }),
  consent: currentConsent(consentStore(documentClient(), env.consentTable), policy),
  policy,
  profilesStored: env.profilesStored,
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
