import type { ByeReason } from '../protocol/session/table.ts';
import type { ConnectionGateway } from '../push/connection-gateway.ts';
import { sayBye } from '../push/say-bye.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Clock, Pause } from '../time.ts';

export type EndConnectionsDeps = {
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
  readonly now: Clock;
  readonly pause: Pause;
};

/** As long as `$connect` may take at most: until then API Gateway does not know a connection that is about to open. */
const openingMillis = 30_000;

/**
 * A close overtakes frames that were posted just before: an ack, a receipt and the `bye` itself would be lost. Seen on
 * deployed systems, with 1 s as their remedy; AWS states nothing.
 */
export const deliveryMillis = 1_000;

/**
 * Tells each connection why, gives the frames time to arrive, once for all of them, and closes each, with an outcome of its own.
 * The row goes last: a crash repeats. What is about to open cannot be ended yet, and keeps its row.
 */
export async function endConnections(
  { gateway, connections, now, pause }: EndConnectionsDeps,
  ending: readonly Connection[],
  reason: ByeReason,
): Promise<readonly PromiseSettledResult<'ended' | 'opening'>[]> {
  if (ending.length === 0) return [];
  const told = await Promise.allSettled(ending.map(async (each) => sayBye(gateway, each, reason)));
  if (told.some((bye) => bye.status === 'fulfilled' && bye.value !== 'gone')) await pause(deliveryMillis);
  return Promise.allSettled(ending.map(end));

  async function end(connection: Connection, index: number): Promise<'ended' | 'opening'> {
    const bye = told[index];
    if (bye?.status === 'rejected') throw bye.reason;
    await gateway.close(connection.connectionId);
    if (bye?.value === 'gone' && now() - connection.connectedAt < openingMillis) return 'opening';
    await connections.remove(connection);
    return 'ended';
  }
}
