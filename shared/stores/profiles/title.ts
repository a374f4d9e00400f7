import { isRoomId } from '../conversations/room-id.ts';
import type { Clocked } from './clocked-row.ts';

/** What a group or a room is called, which is what its author says: kept, ended, held and erased as a profile is. */
export type Title = Clocked & {
  readonly conversationId: string;
  readonly title: string;
  /** Who opened it. */
  readonly by: string;
};

/** What two people have with each other has none. */
export function mayHaveTitle(conversationId: string): boolean {
  return conversationId.startsWith('g-') || isRoomId(conversationId);
}
