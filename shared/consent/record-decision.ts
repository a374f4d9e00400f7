import { ProtocolError } from '../protocol/errors.ts';
import type { AgeRefusalKey } from '../stores/consents/age-refusal.ts';
import type { ConsentEntry } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';

/** Asked before each attempt: the refusal that must not be in force; throws where it is. */
export type AgeGate = () => Promise<AgeRefusalKey | undefined>;

export type Decision = Omit<ConsentEntry, 'userId' | 'entry'>;

const attempts = 5;

/** Appends to the ledger; of decisions made at the same time each gets a line of its own. */
export async function recordDecision(
  ledger: Pick<ConsentStore, 'last' | 'append'>,
  userId: string,
  decision: Decision,
  gate: AgeGate = async () => undefined,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const refusal = await gate();
    const last = await ledger.last(userId);
    if (await ledger.append({ ...decision, userId, entry: (last?.entry ?? 0) + 1 }, refusal)) return;
  }
  throw new ProtocolError('CONFLICT');
}
