import type { Push } from '../protocol/table.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import type { ConnectionGateway } from './connection-gateway.ts';

export type FanOutDeps = {
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
  readonly now: Clock;
  readonly metrics: Metrics;
};

/** Posts that run at once: below the client's 128 sockets, so that none waits for another's. */
const concurrency = 100;

/** API Gateway answers 410 also before `$connect` has returned. */
const gracePeriodMillis = 5_000;

/**
 * Pushes to each connection, each with its own outcome, and drops those that are gone.
 * Returns the connections that may still be reached later; each of them counts as a failure.
 */
export async function fanOut(
  deps: FanOutDeps,
  connections: readonly Connection[],
  frame: Push,
): Promise<readonly Connection[]> {
  const data = new TextEncoder().encode(JSON.stringify(frame));
  const later: Connection[] = [];
  const queue = connections.values();
  const workers = Array.from({ length: Math.min(concurrency, connections.length) }, async () => {
    for (const connection of queue) {
      if (!(await pushTo(deps, connection, data))) later.push(connection);
    }
  });
  await Promise.all(workers);
  if (later.length > 0) deps.metrics.put({ FanOutFailures: later.length });
  return later;
}

/** True when nothing is left to do for this connection. */
async function pushTo(deps: FanOutDeps, connection: Connection, data: Uint8Array): Promise<boolean> {
  const now = deps.now();
  if (connection.expiresAt <= epochSeconds(now)) return true;
  const outcome = await deps.gateway.push(connection.connectionId, data);
  if (outcome === 'sent') return true;
  if (outcome === 'failed' || now - connection.connectedAt < gracePeriodMillis) return false;
  await deps.connections.remove(connection);
  return true;
}
