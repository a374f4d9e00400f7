import type { ConsentState } from '../../protocol/consent/table.ts';
import { isSenderId } from '../../protocol/sender-id.ts';
import { consentState, type Policy } from './consent-entry.ts';
import type { ConsentStore } from './consent-store.ts';

/** The user's consent at this instant. The operator's own senders are no people and need none. */
export type ConsentReader = (userId: string) => Promise<ConsentState>;

export function currentConsent(ledger: Pick<ConsentStore, 'last'>, policy: Policy): ConsentReader {
  return async (userId) => (isSenderId(userId) ? 'granted' : consentState(await ledger.last(userId), policy));
}
