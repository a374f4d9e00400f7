import type { HandoverKey, Recipient } from '../stores/handovers/handover.ts';
import type { HandoverStore } from '../stores/handovers/handover-store.ts';
import { type EndHandoverDeps, endHandover } from './end-handover.ts';

export type NoteReceivedDeps = EndHandoverDeps & { readonly handovers: Pick<HandoverStore, 'receive'> };

/** The last of those who waited has it: it is deleted in that instant. Whoever does not wait changes nothing. */
export async function noteReceived(
  deps: NoteReceivedDeps,
  recipient: Recipient,
  key: HandoverKey,
): Promise<void> {
  const over = await deps.handovers.receive(key, recipient);
  if (over !== undefined) await endHandover(deps, over);
}
