import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';

/**
 * Whether the user has consented anew since the erasure ended the consent, also if that is withdrawn again: what they have
 * done since is not meant by it, and is found by what it would take, such as memberships.
 */
export type HasReturned = (request: Pick<ErasureRequest, 'userId' | 'writtenBy'>) => Promise<boolean>;

export function hasReturned(ledger: Pick<ConsentStore, 'last' | 'list'>): HasReturned {
  return async ({ userId, writtenBy }) => {
    const last = await ledger.last(userId);
    if (last === undefined || last.decision === 'granted') return last !== undefined;
    // The withdrawal of the erasure itself.
    if (last.decidedAt <= writtenBy) return false;
    const entries = await ledger.list(userId);
    return entries.some(({ decision, decidedAt }) => decision === 'granted' && decidedAt > writtenBy);
  };
}
