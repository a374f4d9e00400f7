import middy from '@middy/core';
import { compose } from '../../shared/composition/compose.ts';
import { gateway } from '../../shared/composition/gateways.ts';
import { tellCameByClock, tellLeftByClock } from '../../shared/composition/presence.ts';
import { connectionsPerUser, log, metrics, now, pause } from '../../shared/composition/settings.ts';
import { connectionExpiries, connections } from '../../shared/composition/stores.ts';
import { expireConnections } from '../../shared/connections/expire-connections.ts';

const deps = compose({
  expiries: connectionExpiries,
  connections,
  tellCame: tellCameByClock,
  tellLeft: tellLeftByClock,
  gateway,
  connectionsPerUser,
  metrics,
  now,
  pause,
  log,
});

/** What the last sockets and the metric need before the function is cut off. */
const marginMillis = 10_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { cut, overdueSeconds } = await expireConnections({ ...deps, isOver });
  deps.metrics.put({ OldestOverdueConnectionAge: overdueSeconds });
  if (cut > 0) deps.log.info('expired', { count: cut });
});
