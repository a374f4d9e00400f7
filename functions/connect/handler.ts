import middy from '@middy/core';
import { openConnection } from '../../shared/connections/open-connection.ts';
import type { WebSocketEvent } from '../../shared/handlers/websocket-event.ts';
import { readIdentity } from '../../shared/identity/identity.ts';
import { subProtocol } from '../../shared/identity/sub-protocol.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { documentClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { consentStore } from '../../shared/stores/consents/consent-store.ts';
import { currentConsent } from '../../shared/stores/consents/current-consent.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment(
  'connectionTable',
  'consentTable',
  'tokenGraceSeconds',
  'policyVersion',
  'policyDigest',
);
const policy = { version: env.policyVersion, digest: env.policyDigest };
const db = documentClient();
const deps = {
  connections: connectionStore(db, env.connectionTable),
  consent: currentConsent(consentStore(db, env.consentTable), policy),
  now: systemClock,
  graceSeconds: env.tokenGraceSeconds,
};

export const handler = middy<WebSocketEvent>().handler(async ({ requestContext }) => {
  const { connectionId, connectedAt, authorizer } = requestContext;
  try {
    await openConnection(deps, { ...readIdentity(authorizer, policy), connectionId, connectedAt });
  } catch (error) {
    if (error instanceof ProtocolError) return { statusCode: 403 };
    throw error;
  }
  return { statusCode: 200, headers: { 'Sec-WebSocket-Protocol': subProtocol } };
});
