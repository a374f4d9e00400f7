import type { ConsentStore } from '../stores/consents/consent-store.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';

/** Whether the user has consented anew since the erasure ended the consent: what they do now is not meant by it. */
export type HasReturned = (request: Pick<ErasureRequest, 'userId'>) => Promise<boolean>;

export function hasReturned(ledger: Pick<ConsentStore, 'last'>): HasReturned {
  return async ({ userId }) => (await ledger.last(userId))?.decision === 'granted';
}
