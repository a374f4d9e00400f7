import type { Policy } from '../consent/consent-entry.ts';
import type { ConsentStore } from '../consent/consent-store.ts';
import { recordDecision } from '../consent/record-decision.ts';
import type { MembershipStore } from '../conversations/membership-store.ts';
import { type Clock, epochSeconds } from '../time.ts';
import { type Eraser, nothing } from './eraser.ts';

export type EndConsentDeps = {
  readonly ledger: Pick<ConsentStore, 'last' | 'append' | 'list' | 'expire'>;
  readonly memberships: Pick<MembershipStore, 'suspend'>;
  readonly policy: Policy;
  readonly proofSeconds: number;
  readonly now: Clock;
};

/**
 * The first step of an account's erasure: from its end on no send or read begins, so what was written by then is all
 * there is. The ledger stays for the proof period, and from now on no longer.
 */
export function endConsent(deps: EndConsentDeps): Eraser {
  return async ({ userId }) => {
    const last = await deps.ledger.last(userId);
    if (last?.decision === 'granted') {
      await recordDecision(deps.ledger, userId, {
        decision: 'withdrawn',
        purpose: 'chat',
        policyVersion: deps.policy.version,
        policyDigest: deps.policy.digest,
        decidedAt: deps.now(),
      });
    }
    await deps.memberships.suspend(userId);
    const until = epochSeconds(deps.now() + deps.proofSeconds * 1000);
    for (const entry of await deps.ledger.list(userId)) await deps.ledger.expire(entry, until);
    return { ...nothing, writtenBy: deps.now() };
  };
}
