import type { EraseWrittenDeps } from '../../shared/erasure/erase-written.ts';
import { mediaIn } from '../../shared/stores/messages/media-in.ts';
import type { Written } from '../../shared/stores/messages/message-erasure-store.ts';
import type { messageWorld } from './message-world.ts';
import type { Step } from './step.ts';

type Room = Pick<ReturnType<typeof messageWorld>, 'messages' | 'claims'>;

/** Small, so that every walk has several pages. */
export const writtenPage = 2;

/** What an erasure reads and writes of messages; `onBlank` hears of each that is erased. */
export function writtenStore(
  room: (conversationId: string) => Room,
  step: Step,
  onBlank: (message: Written) => void = () => undefined,
): Pick<EraseWrittenDeps, 'messages' | 'sends'> {
  return {
    sends: {
      settle: async ({ userId, sendKey }, { seq, sentAt, expiresAt }) =>
        step(() => {
          // An update makes the item that it does not find.
          const { claims } = room(sendKey.split('#')[0] ?? '');
          const claim = claims.get(`${userId} ${sendKey}`) ?? { userId, sendKey, claimedAt: sentAt };
          claims.set(`${userId} ${sendKey}`, { ...claim, seq, sentAt, expiresAt });
        }),
    },
    messages: {
      written: async ({ userId, conversationId, writtenBy, from, to }) =>
        step(() => {
          const inRange = [...room(conversationId).messages.values()]
            .filter(({ seq }) => seq >= from && seq <= to)
            .sort((one, other) => one.seq - other.seq);
          const page = inRange.slice(0, writtenPage);
          const last = inRange.length > page.length ? page.at(-1)?.seq : undefined;
          const messages = page
            .filter((each) => each.from === userId && each.sentAt <= writtenBy)
            .map(({ content, ...each }) => ({ ...each, ...mediaIn(content) }));
          return { messages, ...(last !== undefined && { last }) };
        }),
      blank: async (message, erasedAt) =>
        step(() => {
          const { conversationId, seq, from, sentAt, expiresAt } = message;
          const { messages } = room(conversationId);
          if (messages.get(seq)?.from !== from) return false;
          onBlank(message);
          const empty = { id: '', from: '', content: { type: 'text', text: '' } } as const;
          messages.set(seq, { conversationId, seq, sentAt, expiresAt, erasedAt, ...empty });
          return true;
        }),
    },
  };
}
