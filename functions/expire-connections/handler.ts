import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { connectionsPerUser, log, now, pause } from '../../shared/composition/settings.ts';
import { connectionExpiries, connections } from '../../shared/composition/stores.ts';
import { expireConnections } from '../../shared/connections/expire-connections.ts';

const deps = compose({
  expiries: connectionExpiries,
  connections,
  gateway,
  connectionsPerUser,
  now,
  pause,
  log,
});

export const handler = middy().handler(async () => {
  const count = await expireConnections(deps);
  if (count > 0) deps.log.info('expired', { count });
});
