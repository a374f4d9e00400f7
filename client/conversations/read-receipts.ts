import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import type { Read } from '../wire/server-frame.ts';
import type { ConversationStore } from './conversation-store.ts';
import { readMarks } from './read-marks.ts';

/** How far the person has read, on this device and others, and what is heard of the others. */
export type ReadReceipts = {
  /** What there is of the conversation has been seen here. */
  markSeen(conversationId: string): void;
  receive(read: Read): void;
  /** There is a connection again: tells what has not been told. */
  resume(): void;
};

type ReadReceiptsOptions = {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  readonly userId: () => string | undefined;
};

export function createReadReceipts({
  conversations,
  events,
  request,
  userId,
}: ReadReceiptsOptions): ReadReceipts {
  const marks = readMarks((conversationId, seq) => request('read', { conversationId, seq }));
  return {
    markSeen(conversationId) {
      const seq = conversations.find(conversationId)?.synced() ?? 0;
      const summary = conversations.summary(conversationId);
      if (summary === undefined || seq <= summary.readSeq) return;
      conversations.markRead(conversationId, seq);
      // Of a room nobody could be told.
      if (summary.kind !== 'room') marks.mark(conversationId, seq);
    },
    receive(read) {
      if (read.userId === userId()) {
        conversations.markRead(read.conversationId, read.seq);
        events.emit('conversations', conversations.summaries());
      }
      events.emit('read', read);
    },
    resume: marks.resume,
  };
}
