import type { ConnectionStore } from '../connections/connection-store.ts';
import { type SayByeDeps, sayBye } from '../connections/say-bye.ts';
import type { MembershipStore } from '../conversations/membership-store.ts';
import type { Clock } from '../time.ts';
import type { Policy } from './consent-entry.ts';
import type { ConsentStore } from './consent-store.ts';
import { recordDecision } from './record-decision.ts';

export type WithdrawConsentDeps = SayByeDeps & {
  readonly ledger: ConsentStore;
  readonly memberships: Pick<MembershipStore, 'suspend'>;
  readonly connections: Pick<ConnectionStore, 'listByUser' | 'remove'>;
  readonly policy: Policy;
  readonly now: Clock;
};

/**
 * Ledger first, so that whoever connects from now on is refused; then the memberships, which every send and read
 * looks at; then the open sockets. Returns the sockets still to be cut: the one that asks is cut after its ack.
 */
export async function withdrawConsent(deps: WithdrawConsentDeps, userId: string, asking: string): Promise<void> {
  await recordDecision(deps.ledger, userId, {
    decision: 'withdrawn',
    purpose: 'chat',
    policyVersion: deps.policy.version,
    policyDigest: deps.policy.digest,
    decidedAt: deps.now(),
  });
  await deps.memberships.suspend(userId);
  const open = await deps.connections.listByUser(userId);
  const others = open.filter(({ connectionId }) => connectionId !== asking);
  await Promise.all(others.map((connection) => sayBye(deps, connection, 'CONSENT_WITHDRAWN')));
}
