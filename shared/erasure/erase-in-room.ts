import { locateSends } from '../rooms/locate-send.ts';
import type { Tally } from '../stores/privacy/erasure-request.ts';
import type { Holds } from '../stores/privacy/holds.ts';
import type { RoomSendsStore } from '../stores/sends/room-sends-store.ts';
import { type EraseWrittenDeps, eraseAuthored, type WrittenRange } from './erase-written.ts';

export type EraseInRoomDeps = EraseWrittenDeps & { readonly sentInRooms: Pick<RoomSendsStore, 'listInRoom'> };

/** A page of what somebody wrote in a room, by their sends; `claim` is the one it came to when there is more. */
export async function eraseInRoom(
  deps: EraseInRoomDeps,
  range: WrittenRange,
  after: string | undefined,
  holds: Holds,
): Promise<Tally & { readonly media: Tally; readonly last?: undefined; readonly claim: string | undefined }> {
  const { userId, conversationId, writtenBy } = range;
  const { records, next } = await deps.sentInRooms.listInRoom(userId, conversationId, after);
  const find = async () => {
    const found = await locateSends(deps.messages, conversationId, records);
    return found.filter(({ sentAt }) => sentAt <= writtenBy);
  };
  const erased = await eraseAuthored(deps, range, await find(), find, holds);
  return { ...erased, claim: next };
}
