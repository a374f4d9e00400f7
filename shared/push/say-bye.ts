import type { ByeReason } from '../protocol/session/table.ts';
import type { Push } from '../protocol/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Clock } from '../time.ts';
import type { ConnectionGateway } from './connection-gateway.ts';

export type SayByeDeps = {
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
  readonly now: Clock;
};

/** As long as `$connect` may take at most: until then API Gateway does not know a connection that is about to open. */
const openingMillis = 30_000;

/**
 * API Gateway has no close code of ours, so the reason goes ahead in a frame. The row goes last: a crash repeats. What is
 * about to open cannot be ended yet, and keeps its row.
 */
export async function sayBye(
  { gateway, connections, now }: SayByeDeps,
  connection: Connection,
  reason: ByeReason,
): Promise<'ended' | 'opening'> {
  const { connectionId, connectedAt } = connection;
  const frame: Push = { type: 'bye', reason, reconnect: reason === 'TOKEN_EXPIRED' };
  const outcome = await gateway.push(connectionId, new TextEncoder().encode(JSON.stringify(frame)));
  await gateway.close(connectionId);
  if (outcome === 'gone' && now() - connectedAt < openingMillis) return 'opening';
  await connections.remove(connection);
  return 'ended';
}
