import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { tellLeft } from '../../shared/composition/presence.ts';
import { graceSeconds, policy } from '../../shared/composition/settings.ts';
import { connections } from '../../shared/composition/stores.ts';
import { toConnection } from '../../shared/connections/open-connection.ts';
import type { WebSocketEvent } from '../../shared/handlers/websocket-event.ts';
import { readIdentity } from '../../shared/identity/identity.ts';

const deps = compose({ connections, tellLeft, policy, graceSeconds });

/** Best effort, as API Gateway's event is: what it misses goes at the first 410, or with its expiry. */
export const handler = middy<WebSocketEvent>().handler(async ({ requestContext }) => {
  const { connectionId, connectedAt, authorizer } = requestContext;
  const opening = { ...readIdentity(authorizer, deps.policy), connectionId, connectedAt };
  const isLast = await deps.connections.close(toConnection(opening, deps.graceSeconds));
  if (isLast === true) await deps.tellLeft(opening.userId);
  return { statusCode: 200 };
});
