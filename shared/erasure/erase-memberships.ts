import { type LeaveConversationDeps, leaveConversation } from '../conversations/leave-conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import type { EpochMillis } from '../time.ts';
import { type ErasableTitles, eraseTitles } from './erase-titles.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import { isHeldIn } from './held-in.ts';
import type { Rechecks } from './recheck.ts';
import type { ReturnedAt } from './returned-at.ts';

export type EraseMembershipsDeps = LeaveConversationDeps & {
  readonly conversations: Pick<ConversationStore, 'listIds' | 'readMemberships'>;
  /** Undefined where profiles are not stored: there no title is kept either. */
  readonly titles: ErasableTitles | undefined;
  readonly rechecks: Rechecks;
  readonly returnedAt: ReturnedAt;
};

const pageSize = 25;

/** Who has not come back can have given a title only by a frame that was under way. */
const whenever = Number.MAX_SAFE_INTEGER as EpochMillis;

/**
 * Out of every conversation but those on hold, in which the messages are found through the membership once the hold
 * is lifted; nor out of those in which a hold has kept messages that this pass had looked at. The second pass is asked for before: afterwards nothing would lead there.
 */
export function eraseMemberships(deps: EraseMembershipsDeps): Eraser {
  return async (request, askHolds, after) => {
    const { userId, writtenBy, heldIn, requestId } = request;
    const look = { userId, writtenBy, ...(requestId !== undefined && { requestId }) };
    const { ids, next } = await deps.conversations.listIds(userId, pageSize, after);
    const more = next !== undefined && { after: next };
    if (after === undefined && request.isLate !== true)
      await deps.rechecks.add({ scope: 'everything', ...look, conversationIds: [] });
    if (ids.length > 0) await deps.rechecks.add({ scope: 'account', ...look, conversationIds: ids });
    if ((await deps.returnedAt(request)) !== undefined) return { ...emptyTally, ...more };
    const holds = await askHolds({ users: [userId], conversations: ids });
    const staying = ids.filter((id) => isOnHold(holds, userId, id) || isHeldIn(heldIn, id));
    const going = ids.filter((id) => !staying.includes(id));
    // Once more, for what was under way, also what says that it was given later: afterwards no membership would lead there.
    if (deps.titles !== undefined)
      await eraseTitles(deps.titles, { userId, writtenBy: whenever }, askHolds, going);
    const left = await Promise.all(going.map(async (id) => leaveConversation(deps, id, userId)));
    const held = (await deps.conversations.readMemberships(userId, staying)).length;
    return {
      deleted: left.filter(({ wasMember }) => wasMember).length,
      found: held + left.filter(({ isMember }) => isMember).length,
      held,
      ...more,
    };
  };
}
