import { ProtocolError } from '../protocol/errors.ts';
import type { ConsentEntry } from '../stores/consents/consent-entry.ts';
import type { ConsentStore } from '../stores/consents/consent-store.ts';

export type Decision = Omit<ConsentEntry, 'userId' | 'entry'>;

const attempts = 5;

/** Appends to the ledger; of decisions made at the same time each gets a line of its own. */
export async function recordDecision(
  ledger: Pick<ConsentStore, 'last' | 'append'>,
  userId: string,
  decision: Decision,
): Promise<void> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const last = await ledger.last(userId);
    if (await ledger.append({ ...decision, userId, entry: (last?.entry ?? 0) + 1 })) return;
  }
  throw new ProtocolError('CONFLICT');
}
