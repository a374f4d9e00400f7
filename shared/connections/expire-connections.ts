import { errorName } from '../runtime/error-name.ts';
import type { ConnectionExpiryStore } from '../stores/connections/connection-expiry-store.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import { type CloseExcessDeps, closeExcess } from './close-excess.ts';
import { cutConnections } from './cut-connections.ts';

export type ExpireConnectionsDeps = CloseExcessDeps & {
  readonly expiries: ConnectionExpiryStore;
};

type Due = Awaited<ReturnType<ConnectionExpiryStore['listDue']>>[number];

/** The schedule's period: what ends before the next run is cut in this one, inside the grace. */
const periodSeconds = 60;
/** Users whose sockets are closed at once; each waits a second for its last frames. */
const concurrency = 200;

/**
 * Cuts every socket whose token and grace are over, or will be before the next run, and those that a withdrawal has muted; of
 * whoever has one of these, also what is beyond the cap. What fails is left to the next run. Returns how many.
 */
export async function expireConnections(deps: ExpireConnectionsDeps): Promise<number> {
  const now = epochSeconds(deps.now());
  const cutoff = (now + periodSeconds) as EpochSeconds;
  const lease = (now + 2 * periodSeconds) as EpochSeconds;
  const users = (await deps.expiries.listDue(cutoff)).values();
  let cut = 0;
  const workers = Array.from({ length: concurrency }, async () => {
    for (const user of users) {
      try {
        cut += await cutDue(user);
      } catch (error) {
        deps.log.error('not looked at', { errorName: errorName(error) });
      }
    }
  });
  await Promise.all(workers);
  return cut;

  async function cutDue({ userId, nextExpiry }: Due): Promise<number> {
    const open = await deps.expiries.lease(userId, nextExpiry, lease);
    if (open === undefined) return 0;
    const due = open.live.filter(({ expiresAt }) => expiresAt <= cutoff);
    const rest = open.live.filter(({ expiresAt }) => expiresAt > cutoff);
    const [muted, ended, excess] = await Promise.all([
      cutConnections(deps, open.muted, 'CONSENT_WITHDRAWN'),
      cutConnections(deps, due, 'TOKEN_EXPIRED'),
      closeExcess(deps, rest),
    ]);
    const left = [...muted, ...ended, ...excess.left];
    if (left.length > 0) await deps.expiries.releaseUntil(userId, lease, cutoff);
    else await deps.expiries.release(userId, lease, excess.kept);
    return due.length + open.muted.length;
  }
}
