import { sayBye } from '../push/say-bye.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionExpiryStore } from '../stores/connections/connection-expiry-store.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import { type CloseExcessDeps, closeExcess } from './close-excess.ts';

export type ExpireConnectionsDeps = CloseExcessDeps & {
  readonly expiries: ConnectionExpiryStore;
};

/** The schedule's period: what ends before the next run is cut in this one, inside the grace. */
const periodSeconds = 60;

/**
 * Cuts every socket whose token and grace are over, or will be before the next run, and of whoever has one of these, what is
 * beyond the cap. Returns how many.
 */
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
    const rest = open.filter(({ expiresAt }) => expiresAt > cutoff);
    const left = await closeExcess(deps, rest);
    await deps.expiries.release(userId, lease, left.length > 0 ? cutoff : earliest(rest));
    cut += due.length;
  }
  return cut;
}

function earliest(connections: readonly Connection[]): EpochSeconds | undefined {
  if (connections.length === 0) return undefined;
  return Math.min(...connections.map(({ expiresAt }) => expiresAt)) as EpochSeconds;
}
