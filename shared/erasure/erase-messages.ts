import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { RoomSendsStore } from '../stores/sends/room-sends-store.ts';
import { epochMillis } from '../time.ts';
import { eraseInRoom } from './erase-in-room.ts';
import { type EraseWrittenDeps, eraseWritten } from './erase-written.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import { addHeld } from './held-in.ts';
import type { Rechecks } from './recheck.ts';

export type EraseMessagesDeps = EraseWrittenDeps & {
  readonly conversations: Pick<ConversationStore, 'listIds'>;
  readonly rechecks: Rechecks;
  readonly sentInRooms: Pick<RoomSendsStore, 'listInRoom'>;
};

/** Where to go on: in this conversation behind that number, or with the conversation that follows it. */
type Place = {
  readonly conversationId: string;
  readonly reached?: number;
  /** In a room, where what somebody wrote is found by their sends: behind this one. */
  readonly claim?: string;
};

const endOfTime = epochMillis(Number.MAX_SAFE_INTEGER);

/** A page of one conversation at a time, of all that the user is in or of the one that is meant. */
export function eraseMessages(deps: EraseMessagesDeps): Eraser {
  return async (request, askHolds, after) => {
    const { userId, target, writtenBy, requestId } = request;
    const place = await next(after === undefined ? undefined : (JSON.parse(after) as Place));
    const before = after === undefined ? [] : (request.heldIn ?? []);
    if (place === undefined) return { ...emptyTally, media: emptyTally, heldIn: before };
    const { conversationId, reached = 0 } = place;
    const author = request.isModeration === true ? await authorAt(place) : userId;
    if (author === undefined) {
      // Erased, it may be by a pass that died before anybody was told.
      await deps.tell(conversationId, [reached + 1]);
      return { ...emptyTally, media: emptyTally };
    }
    // A number is given out once: whatever has it is what is meant, also when its sender's clock was ahead.
    const upTo =
      target.scope === 'message'
        ? { to: target.seq, writtenBy: endOfTime }
        : { to: Number.MAX_SAFE_INTEGER, writtenBy };
    const holds = await askHolds({ users: [author], conversations: [conversationId] });
    const bySends = isRoomId(conversationId) && target.scope !== 'message';
    const range = { userId: author, conversationId, from: reached + 1, ...upTo };
    const { last, claim, ...erased } = bySends
      ? await eraseInRoom(deps, range, place.claim, holds)
      : { ...(await eraseWritten(deps, range, holds)), claim: undefined };
    const heldIn = erased.held > 0 ? addHeld(before, holds, author, conversationId) : before;
    const kept = request.isModeration === true && erased.held > 0 && { heldAuthor: author };
    const tally = { ...erased, heldIn, ...kept };
    if (last !== undefined) return { ...tally, after: written({ conversationId, reached: last }) };
    if (claim !== undefined) return { ...tally, after: written({ conversationId, claim }) };
    // Of a room no membership says later that it is to be looked at again.
    if (target.scope === 'conversation' || bySends)
      await deps.rechecks.add({
        scope: 'conversation',
        userId,
        ...(requestId !== undefined && { requestId }),
        writtenBy,
        conversationIds: [conversationId],
      });
    return target.scope === 'account' ? { ...tally, after: written({ conversationId }) } : tally;

    /** Whoever has the number; nobody once it is erased. */
    async function authorAt({ conversationId: id, reached: behind = 0 }: Place): Promise<string | undefined> {
      const { headers } = await deps.messages.headers(id, { after: behind, before: behind + 2 });
      return headers[0]?.from;
    }

    async function next(from: Place | undefined): Promise<Place | undefined> {
      if (from?.reached !== undefined || from?.claim !== undefined) return from;
      if (target.scope === 'message')
        return { conversationId: target.conversationId, reached: target.seq - 1 };
      if (target.scope === 'conversation') return { conversationId: target.conversationId };
      const { ids } = await deps.conversations.listIds(userId, 1, from?.conversationId);
      return ids[0] === undefined ? undefined : { conversationId: ids[0] };
    }
  };
}

function written(place: Place): string {
  return JSON.stringify(place);
}
