import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { allowedOrigins, tokenClaims, verify } from '../../shared/composition/identity.ts';
import { metrics, policy, profilesStored } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import type { AuthorizerEvent } from '../../shared/handlers/websocket-event.ts';
import { admitsOrigin } from '../../shared/identity/admits-origin.ts';
import { identify } from '../../shared/identity/identify.ts';

const deps = compose({
  origins: allowedOrigins,
  verify,
  consent,
  policy,
  profilesStored,
  claims: tokenClaims,
  metrics,
});

export const handler = middy<AuthorizerEvent>().handler(async ({ methodArn, headers = {} }) => {
  if (!admitsOrigin(deps.origins, headers)) {
    deps.metrics.put({ RefusedHandshakes: 1 });
    return { principalId: 'nobody', policyDocument: decision('Deny', methodArn) };
  }
  const context = await identify(deps, headers);
  if (context === undefined) {
    deps.metrics.put({ RefusedHandshakes: 1 });
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
