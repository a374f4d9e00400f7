import type { ByeReason } from '../protocol/session/table.ts';
import type { Push } from '../protocol/table.ts';
import type { ConnectionGateway } from '../push/connection-gateway.ts';
import { errorName } from '../runtime/error-name.ts';
import type { Logger } from '../runtime/logger.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { newestFirst } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Clock } from '../time.ts';

export type CloseExcessDeps = {
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
  readonly log: Logger;
  readonly now: Clock;
  /** Sockets that one person may have open. */
  readonly connectionsPerUser: number;
};

/** As long as `$connect` may take at most: until then API Gateway does not know a connection that is about to open. */
const openingMillis = 30_000;
const reason: ByeReason = 'TOO_MANY_CONNECTIONS';
const bye: Push = { type: 'bye', reason, reconnect: false };
const data = new TextEncoder().encode(JSON.stringify(bye));

/**
 * Says bye to the oldest of a user's connections beyond the cap, and ends them. Never fails: what could not be ended keeps
 * its row, so that a withdrawal finds it. Returns those.
 */
export async function closeExcess(
  deps: CloseExcessDeps,
  open: readonly Connection[],
  own?: Connection,
): Promise<readonly Connection[]> {
  const isOwn = ({ connectionId }: Connection) => connectionId === own?.connectionId;
  const others = newestFirst(open.filter((each) => !isOwn(each)));
  const excess = others.slice(Math.max(0, deps.connectionsPerUser - (own === undefined ? 0 : 1)));
  const ended = await Promise.all(excess.map(async (each) => end(deps, each)));
  return excess.filter((_, index) => !ended[index]);
}

async function end(deps: CloseExcessDeps, connection: Connection): Promise<boolean> {
  const { connectionId, connectedAt } = connection;
  try {
    const outcome = await deps.gateway.push(connectionId, data);
    await deps.gateway.close(connectionId);
    if (outcome === 'gone' && deps.now() - connectedAt < openingMillis) return false;
    await deps.connections.remove(connection);
    return true;
  } catch (error) {
    deps.log.error('not closed', { connectionId, errorName: errorName(error) });
    return false;
  }
}
