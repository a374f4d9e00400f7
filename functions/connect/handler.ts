import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { tellCame } from '../../shared/composition/presence.ts';
import {
  connectionsPerUser,
  graceSeconds,
  log,
  now,
  pause,
  policy,
} from '../../shared/composition/settings.ts';
import { connections, consent, live, settings } from '../../shared/composition/stores.ts';
import { openConnection } from '../../shared/connections/open-connection.ts';
import type { WebSocketEvent } from '../../shared/handlers/websocket-event.ts';
import { readIdentity } from '../../shared/identity/identity.ts';
import { subProtocol } from '../../shared/identity/sub-protocol.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';

const deps = compose({
  connections,
  live,
  consent,
  settings,
  tellCame,
  gateway,
  policy,
  graceSeconds,
  connectionsPerUser,
  log,
  now,
  pause,
});

export const handler = middy<WebSocketEvent>().handler(async ({ requestContext }) => {
  const { connectionId, connectedAt, authorizer } = requestContext;
  try {
    await openConnection(deps, { ...readIdentity(authorizer, deps.policy), connectionId, connectedAt });
  } catch (error) {
    if (error instanceof ProtocolError) return { statusCode: 403 };
    throw error;
  }
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': subProtocol } };
});
