import { ProtocolError } from '../protocol/errors.ts';
import type { Sockets } from '../stores/connections/connection-item.ts';
import type { Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { WithdrawalStore } from '../stores/consents/withdrawal-store.ts';
import type { ConnectedStore } from '../stores/live/connected-store.ts';
import { type Clock, epochSeconds } from '../time.ts';

export type RecordWithdrawalDeps = {
  readonly ledger: Pick<ConsentStore, 'last'>;
  readonly withdrawals: WithdrawalStore;
  readonly connections: Pick<ConnectedStore, 'readSockets' | 'mute' | 'leaveGroups'>;
  readonly policy: Policy;
  readonly now: Clock;
};

/** Each lost one means that the user has decided something, or opened or closed a socket, in between. */
const attempts = 20;

/**
 * Ends a user's consent, and with it every push to them, in one write: from then on each frame is refused, whatever becomes
 * of this invocation. Asked for again, or of who has never consented, it adds no line. Answers the sockets that are to be closed, which the clock does
 * if nobody else can. A consent that was granted after `grantedBy` stays in force.
 */
export async function recordWithdrawal(
  { ledger, withdrawals, connections, policy, now }: RecordWithdrawalDeps,
  userId: string,
  grantedBy = Number.POSITIVE_INFINITY,
): Promise<Sockets['muted']> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    // The sockets first: one that is opened after a later consent is none of these.
    const { live, muted } = await connections.readSockets(userId);
    const last = await ledger.last(userId);
    if (last?.decision === 'granted' && last.decidedAt > grantedBy) return muted;
    // Before the end: a crash after it must leave no socket that a large group pushes to.
    await connections.leaveGroups(live);
    const decidedAt = now();
    const line = {
      userId,
      entry: (last?.entry ?? 0) + 1,
      decision: 'withdrawn',
      purpose: 'chat',
      policyVersion: policy.version,
      policyDigest: policy.digest,
      decidedAt,
    } as const;
    const isDone =
      last?.decision === 'granted'
        ? await withdrawals.record(line, live)
        : live.length === 0 || (await connections.mute(userId, live, epochSeconds(decidedAt)));
    if (!isDone) continue;
    // And after it, for what has joined a group meanwhile: that looks whether its socket is open once it has.
    await connections.leaveGroups(live);
    return [...muted, ...live];
  }
  throw new ProtocolError('CONFLICT');
}
