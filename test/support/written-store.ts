import type { EraseWrittenDeps } from '../../shared/erasure/erase-written.ts';
import type { Authored } from '../../shared/stores/messages/message-store.ts';
import { memoryMessageStore } from './memory-message-store.ts';
import { memorySendStore } from './memory-send-store.ts';
import type { messageWorld } from './message-world.ts';
import type { Step } from './step.ts';

type Room = Pick<ReturnType<typeof messageWorld>, 'messages' | 'claims' | 'timeless'>;

/** Small, so that every walk has several pages. */
export const writtenPage = 2;

/** What an erasure reads and writes of messages; `onTombstone` hears of each that is erased. */
export function writtenStore(
  room: (conversationId: string) => Room,
  step: Step,
  onTombstone: (message: Authored) => void = () => undefined,
): Pick<EraseWrittenDeps, 'messages' | 'sends'> {
  return {
    sends: memorySendStore({ of: (id) => room(id).claims, all: () => [] }, { step }),
    messages: memoryMessageStore(room, { step, pageSize: writtenPage, onTombstone }),
  };
}
