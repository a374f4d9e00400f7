import type { ConsentStore } from '../consent/consent-store.ts';
import type { ErasureRequest } from './erasure-request.ts';

/** Whether the user has consented anew since the erasure was asked for: what they do now is not meant by it. */
export type HasReturned = (request: Pick<ErasureRequest, 'userId' | 'writtenBy'>) => Promise<boolean>;

export function hasReturned(ledger: Pick<ConsentStore, 'last'>): HasReturned {
  return async ({ userId, writtenBy }) => {
    const last = await ledger.last(userId);
    return last?.decision === 'granted' && last.decidedAt > writtenBy;
  };
}
