import { eachOf } from '../runtime/each-of.ts';
import { errorName } from '../runtime/error-name.ts';
import type { ConnectionExpiryStore, DueConnections } from '../stores/connections/connection-expiry-store.ts';
import { expiryShards } from '../stores/connections/expiry-shard.ts';
import { type EpochSeconds, epochSeconds } from '../time.ts';
import { type CloseExcessDeps, closeExcess } from './close-excess.ts';
import { cutConnections } from './cut-connections.ts';

export type ExpireConnectionsDeps = CloseExcessDeps & {
  readonly expiries: ConnectionExpiryStore;
  /** Whose last connection has gone, and those of whom nobody was told yet. */
  readonly tellLeft: (userId: string) => Promise<void>;
  readonly tellCame: (userId: string) => Promise<void>;
  /** True once the run has to end. */
  readonly isOver: () => boolean;
};

export type ExpiredConnections = {
  readonly cut: number;
  /** For how many seconds the user who has waited longest of those that are left has been due; 0 when nobody is left. */
  readonly overdueSeconds: number;
};

/** The schedule's period: what ends before the next run is cut in this one, inside the grace. */
const periodSeconds = 60;
/** Users of each partition whose sockets are closed at once; each waits a second for its last frames. */
const atOnce = 12;

/**
 * Cuts every socket whose token and grace are over, or will be before the next run, and those that a withdrawal has muted; of
 * whoever has one of these, also what is beyond the cap. What fails or is not reached is left to the next run, which begins
 * with whoever has waited longest.
 */
export async function expireConnections(deps: ExpireConnectionsDeps): Promise<ExpiredConnections> {
  const now = epochSeconds(deps.now());
  const cutoff = (now + periodSeconds) as EpochSeconds;
  const lease = (now + 2 * periodSeconds) as EpochSeconds;
  let cut = 0;
  let overdueSeconds = 0;
  await Promise.all(expiryShards.map(expireShard));
  return { cut, overdueSeconds };

  async function expireShard(shard: string): Promise<void> {
    const left = await eachOf(deps.expiries.due(shard, cutoff), { atOnce, isOver: deps.isOver }, expire);
    if (left !== undefined) leave(left);
  }

  function leave({ nextExpiry }: DueConnections): void {
    overdueSeconds = Math.max(overdueSeconds, now - nextExpiry);
  }

  async function expire(user: DueConnections): Promise<void> {
    try {
      await cutDue(user);
    } catch (error) {
      leave(user);
      deps.log.error('not looked at', { errorName: errorName(error) });
    }
  }

  async function cutDue({ userId, nextExpiry }: DueConnections): Promise<void> {
    const open = await deps.expiries.lease(userId, nextExpiry, lease);
    if (open === undefined) return;
    const due = open.live.filter(({ expiresAt }) => expiresAt <= cutoff);
    const rest = open.live.filter(({ expiresAt }) => expiresAt > cutoff);
    const [muted, ended, excess] = await Promise.all([
      cutConnections(deps, open.muted, 'CONSENT_WITHDRAWN'),
      cutConnections(deps, due, 'TOKEN_EXPIRED'),
      closeExcess(deps, rest),
    ]);
    cut += due.length + open.muted.length;
    if (excess.kept.length === 0) await deps.tellLeft(userId);
    else if (open.untold === true) await deps.tellCame(userId);
    if (muted.length + ended.length + excess.left.length === 0)
      return deps.expiries.release(userId, lease, excess.kept);
    leave({ userId, nextExpiry });
    await deps.expiries.giveBack(userId, lease, nextExpiry);
  }
}
