import type { EraseWrittenDeps } from '../../shared/erasure/erase-written.ts';
import type { Authored } from '../../shared/stores/messages/message-store.ts';
import { memoryMessageStore } from './memory-message-store.ts';
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
    sends: {
      recordResult: async ({ userId, sendKey }, { seq, sentAt, expiresAt }) =>
        step(() => {
          // An update makes the item that it does not find.
          const { claims } = room(sendKey.split('#')[0] ?? '');
          const claim = claims.get(`${userId} ${sendKey}`) ?? { userId, sendKey, claimedAt: sentAt };
          claims.set(`${userId} ${sendKey}`, { ...claim, seq, sentAt, expiresAt });
        }),
    },
    messages: memoryMessageStore(room, { step, pageSize: writtenPage, onTombstone }),
  };
}
