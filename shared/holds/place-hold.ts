import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import type { HoldReport } from './hold-report.ts';
import { type SetHoldDeps, setHold } from './set-hold.ts';

export type PlaceHoldDeps = SetHoldDeps & { readonly conversations: Pick<ConversationStore, 'read'> };

/** A hold on a conversation that is misspelt would hold nothing; a user may be held before they write a word. */
export async function placeHold(deps: PlaceHoldDeps, target: HoldTarget): Promise<HoldReport> {
  const isThere =
    target.kind === 'user' || (await deps.conversations.read(target.conversationId)) !== undefined;
  if (!isThere) throw new ProtocolError('NOT_FOUND');
  return setHold(deps, target, 'held');
}
