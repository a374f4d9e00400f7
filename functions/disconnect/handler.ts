import middy from '@middy/core';
import { toConnection } from '../../shared/connections/open-connection.ts';
import type { WebSocketEvent } from '../../shared/handlers/websocket-event.ts';
import { readIdentity } from '../../shared/identity/identity.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';

const env = readEnvironment('connectionTable', 'tokenGraceSeconds', 'policyVersion', 'policyDigest');
const policy = { version: env.policyVersion, digest: env.policyDigest };
const connections = connectionStore(documentClient(), env.connectionTable);

/** Best effort, as API Gateway's event is: what it misses goes at the first 410, or with its expiry. */
export const handler = middy<WebSocketEvent>().handler(async ({ requestContext }) => {
  const { connectionId, connectedAt, authorizer } = requestContext;
  const opening = { ...readIdentity(authorizer, policy), connectionId, connectedAt };
  await connections.remove(toConnection(opening, env.tokenGraceSeconds));
  return { statusCode: 200 };
});
