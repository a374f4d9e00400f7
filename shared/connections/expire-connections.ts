import type { ConnectionGateway } from '../push/connection-gateway.ts';
import { sayBye } from '../push/say-bye.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionExpiryStore } from '../stores/connections/connection-expiry-store.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';

export type ExpireConnectionsDeps = {
  readonly expiries: ConnectionExpiryStore;
  readonly connections: Pick<ConnectionStore, 'remove'>;
  readonly gateway: ConnectionGateway;
  readonly now: Clock;
};

/** The schedule's period: what ends before the next run is cut in this one, inside the grace. */
const periodSeconds = 60;

/** Cuts every socket whose token and grace are over, or will be before the next run. Returns how many. */
export async function expireConnections(deps: ExpireConnectionsDeps): Promise<number> {
  const now = epochSeconds(deps.now());
  const cutoff = (now + periodSeconds) as EpochSeconds;
  const lease = (now + 2 * periodSeconds) as EpochSeconds;
  let cut = 0;
  for (const { userId, nextExpiry } of await deps.expiries.listDue(cutoff)) {
    const open = await deps.expiries.lease(userId, nextExpiry, lease);
    if (open === undefined) continue;
    const due = open.filter(({ expiresAt }) => expiresAt <= cutoff);
    await Promise.all(due.map((connection) => sayBye(deps, connection, 'TOKEN_EXPIRED')));
    await deps.expiries.release(userId, lease, earliest(open.filter(({ expiresAt }) => expiresAt > cutoff)));
    cut += due.length;
  }
  return cut;
}

function earliest(connections: readonly Connection[]): EpochSeconds | undefined {
  if (connections.length === 0) return undefined;
  return Math.min(...connections.map(({ expiresAt }) => expiresAt)) as EpochSeconds;
}
