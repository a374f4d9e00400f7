import type { ConsentState } from '../../protocol/consent/table.ts';
import { consentState, type Policy } from './consent-entry.ts';
import type { ConsentStore } from './consent-store.ts';

/** The user's consent at this instant. */
export type ConsentReader = (userId: string) => Promise<ConsentState>;

export function currentConsent(ledger: Pick<ConsentStore, 'last'>, policy: Policy): ConsentReader {
  return async (userId) => consentState(await ledger.last(userId), policy);
}
