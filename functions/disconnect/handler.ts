import middy from '@middy/core';
import { toConnection } from '../../shared/connections/open-connection.ts';
import type { WebSocketEvent } from '../../shared/handlers/websocket-event.ts';
import { readIdentity } from '../../shared/identity/identity.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';

const env = readEnv('CONNECTION_TABLE', 'TOKEN_GRACE_SECONDS', 'POLICY_VERSION', 'POLICY_DIGEST');
const policy = { version: env.POLICY_VERSION, digest: env.POLICY_DIGEST };
const connections = connectionStore(documentClient(), env.CONNECTION_TABLE);

/** Best effort, as API Gateway's event is: what it misses goes at the first 410, or with its expiry. */
export const handler = middy<WebSocketEvent>().handler(async ({ requestContext }) => {
  const { connectionId, connectedAt, authorizer } = requestContext;
  const opening = { ...readIdentity(authorizer, policy), connectionId, connectedAt };
  await connections.remove(toConnection(opening, env.TOKEN_GRACE_SECONDS));
  return { statusCode: 200 };
});
