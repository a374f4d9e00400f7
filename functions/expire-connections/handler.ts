import middy from '@middy/core';
import { expireConnections } from '../../shared/connections/expire-connections.ts';
import { connectionGateway } from '../../shared/push/connection-gateway.ts';
import { documentClient, managementClient } from '../../shared/runtime/aws-clients.ts';
import { logger } from '../../shared/runtime/logger.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { connectionExpiryStore } from '../../shared/stores/connections/connection-expiry-store.ts';
import { connectionStore } from '../../shared/stores/connections/connection-store.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('connectionTable', 'callbackUrl');
const db = documentClient();
const deps = {
  expiries: connectionExpiryStore(db, env.connectionTable),
  connections: connectionStore(db, env.connectionTable),
  gateway: connectionGateway(managementClient(env.callbackUrl)),
  now: systemClock,
};
const log = logger();

export const handler = middy().handler(async () => {
  const count = await expireConnections(deps);
  if (count > 0) log.info('expired', { count });
});
