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

/** API Gateway answers 410 also before `$connect` has returned, and was seen to do so for up to ten seconds. */
const gracePeriodMillis = 10_000;

/**
 * Pushes to each connection, each with its own outcome, and drops those that are gone.
 * Returns the connections that may still be reached later. A failure is only what API Gateway did not take: whoever opens
 * and closes sockets in a row would else raise the operator's alarm.
 */
export async function fanOut(
  deps: FanOutDeps,
  connections: readonly Connection[],
  frame: Push,
): Promise<readonly Connection[]> {
  const data = new TextEncoder().encode(JSON.stringify(frame));
  const later: Connection[] = [];
  let failures = 0;
  const queue = connections.values();
  const workers = Array.from({ length: Math.min(concurrency, connections.length) }, async () => {
    for (const connection of queue) {
      const outcome = await pushTo(deps, connection, data);
      if (outcome !== 'done') later.push(connection);
      if (outcome === 'failed') failures += 1;
    }
  });
  await Promise.all(workers);
  if (failures > 0) deps.metrics.put({ FanOutFailures: failures });
  return later;
}

/** Never rejects: what becomes of one is nothing to the others, nor to whoever sent the message. */
async function pushTo(
  deps: FanOutDeps,
  connection: Connection,
  data: Uint8Array,
): Promise<'done' | 'not open yet' | 'failed'> {
  const now = deps.now();
  if (connection.expiresAt <= epochSeconds(now)) return 'done';
  // What the gateway did not expect is an answer to this connection, too.
  const outcome = await deps.gateway.push(connection.connectionId, data).catch(() => 'failed' as const);
  if (outcome === 'failed') return 'failed';
  if (outcome === 'sent') return 'done';
  if (now - connection.connectedAt < gracePeriodMillis) return 'not open yet';
  // A row that stays, since its table is busy, is found again by the next push, and goes with its expiry.
  await deps.connections.remove(connection).catch(() => undefined);
  return 'done';
}
