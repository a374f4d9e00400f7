import { ProtocolError } from '../protocol/errors.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConsentReader } from '../stores/consents/current-consent.ts';
import type { Conversation } from '../stores/conversations/conversation.ts';
import type { WaitingRowStore } from '../stores/conversations/waiting-row-store.ts';
import { connectedAmong, type WhoAgreesDeps } from './who-agrees.ts';

export type CheckPartnerDeps = Pick<WhoAgreesDeps, 'policyFingerprint' | 'now'> & {
  /** By the ledger; asked only where no socket says so. */
  readonly partnerConsent: ConsentReader;
  readonly waitingRows: Pick<WaitingRowStore, 'listWaiting'>;
};

/**
 * Of a direct conversation whether the other one takes part: nothing is stored, numbered or pushed before they do. Who has a socket
 * that may be pushed to does.
 * @throws ProtocolError WAITING until they agree, whatever the reason; FORBIDDEN where nobody is there any more.
 */
export async function checkPartner(
  deps: CheckPartnerDeps,
  { head, members }: Conversation,
  userId: string,
  open: readonly Connection[],
): Promise<void> {
  if (head.kind !== 'direct') return;
  const partner = [...members.keys()].find((each) => each !== userId);
  if (partner === undefined)
    throw new ProtocolError((await isAwaited(deps, head, userId)) ? 'WAITING' : 'FORBIDDEN');
  if (connectedAmong(deps, open).has(partner)) return;
  if ((await deps.partnerConsent(partner)) !== 'granted') throw new ProtocolError('WAITING');
}

/** Named and not come yet. Of an account that was erased nothing says who it was. */
async function isAwaited(
  { waitingRows }: CheckPartnerDeps,
  { conversationId, pair = [] }: Conversation['head'],
  userId: string,
): Promise<boolean> {
  if (pair.some((each) => each !== userId)) return true;
  return (await waitingRows.listWaiting(conversationId)).length > 0;
}
