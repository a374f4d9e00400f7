import type { ByeReason } from '../protocol/session/table.ts';
import type { Push } from '../protocol/table.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { ConnectionGateway } from './connection-gateway.ts';

export type SayByeDeps = {
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
};

/** API Gateway has no close code of ours, so the reason goes ahead in a frame. The row goes last: a crash repeats. */
export async function sayBye(deps: SayByeDeps, connection: Connection, reason: ByeReason): Promise<void> {
  const frame: Push = { type: 'bye', reason, reconnect: reason === 'TOKEN_EXPIRED' };
  await deps.gateway.push(connection.connectionId, new TextEncoder().encode(JSON.stringify(frame)));
  await deps.gateway.close(connection.connectionId);
  await deps.connections.remove(connection);
}
