import { type LeaveConversationDeps, leaveConversation } from '../conversations/leave-conversation.ts';
import type { MembershipStore } from '../conversations/membership-store.ts';
import { isHeld } from '../holds/holds.ts';
import { type Eraser, nothing } from './eraser.ts';
import type { HasReturned } from './has-returned.ts';
import type { LateLooks } from './late-look.ts';

export type EraseMembershipsDeps = LeaveConversationDeps & {
  readonly memberships: Pick<MembershipStore, 'page' | 'read' | 'remove'>;
  readonly lateLooks: LateLooks;
  readonly hasReturned: HasReturned;
};

const pageSize = 25;

/** Out of every conversation but those on hold: a later look would not find the messages there any more. */
export function eraseMemberships(deps: EraseMembershipsDeps): Eraser {
  return async (request, holds, after) => {
    if (await deps.hasReturned(request)) return nothing;
    const { userId, writtenBy } = request;
    const { ids, next } = await deps.memberships.page(userId, pageSize, after);
    const going = ids.filter((id) => !isHeld(holds, userId, id));
    const before = await deps.memberships.read(userId, ids);
    const staying = before.filter(({ head }) => !going.includes(head.conversationId)).length;
    if (going.length > 0) await deps.lateLooks.add({ userId, writtenBy, conversationIds: going });
    await Promise.all(going.map(async (id) => leaveConversation(deps, id, userId)));
    const left = await deps.memberships.read(userId, ids);
    return {
      deleted: before.length - staying,
      found: left.length,
      held: staying,
      ...(next !== undefined && { after: next }),
    };
  };
}
