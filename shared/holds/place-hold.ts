import { ProtocolError } from '../protocol/errors.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { HoldGrounds } from '../stores/privacy/hold.ts';
import type { HoldTarget } from '../stores/privacy/holds.ts';
import { epochMillis } from '../time.ts';
import type { HoldReport } from './hold-report.ts';
import type { HoldOrder } from './hold-target.ts';
import { type SetHoldDeps, setHold } from './set-hold.ts';

export type PlaceHoldDeps = SetHoldDeps & { readonly conversations: Pick<ConversationStore, 'read'> };

/** A hold on a conversation that is misspelt would hold nothing. */
export async function placeHold(deps: PlaceHoldDeps, order: HoldOrder): Promise<HoldReport> {
  const target = targetOf(order);
  const isThere =
    target.kind === 'user' || (await deps.conversations.read(target.conversationId)) !== undefined;
  if (!isThere) throw new ProtocolError('NOT_FOUND');
  return setHold(deps, target, 'held', groundsOf(order));
}

const targetOf = (order: HoldOrder): HoldTarget =>
  order.kind === 'user'
    ? { kind: 'user', userId: order.userId }
    : { kind: 'conversation', conversationId: order.conversationId };

function groundsOf({ reason, authority, endsAt }: HoldOrder): Partial<HoldGrounds> {
  return {
    ...(reason !== undefined && { reason }),
    ...(authority !== undefined && { authority }),
    ...(endsAt !== undefined && { endsAt: epochMillis(Date.parse(endsAt)) }),
  };
}
