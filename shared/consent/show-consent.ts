import type { ConsentState } from '../protocol/consent/table.ts';
import { type ConsentEntry, consentState, type Policy } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';

export type ConsentReport = {
  readonly userId: string;
  readonly state: ConsentState;
  readonly policyVersion: string;
  readonly entries: readonly ConsentEntry[];
};

export async function showConsent(
  ledger: Pick<ConsentStore, 'list'>,
  policy: Policy,
  userId: string,
): Promise<ConsentReport> {
  const entries = await ledger.list(userId);
  return { userId, state: consentState(entries.at(-1), policy), policyVersion: policy.version, entries };
}
