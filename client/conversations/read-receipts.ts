import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import type { Delivered, Read } from '../wire/server-frame.ts';
import type { ConversationStore } from './conversation-store.ts';
import { readMarks } from './read-marks.ts';
import type { ReceiptMarks, Receipts } from './receipt-marks.ts';

/** How far everybody has read. */
export type ReadReceipts = {
  /** What there is of the conversation has been seen here. */
  markSeen(conversationId: string): void;
  receive(read: Read): void;
  receiveDelivered(delivered: Delivered): void;
  /** How far all of the others have come. */
  upTo(conversationId: string): Receipts;
  /** There is a connection again: tells what has not been told. */
  resume(): void;
};

type ReadReceiptsOptions = {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  readonly others: ReceiptMarks;
  readonly userId: () => string | undefined;
};

export function createReadReceipts({
  conversations,
  events,
  request,
  others,
  userId,
}: ReadReceiptsOptions): ReadReceipts {
  const marks = readMarks((conversationId, seq) => request('read', { conversationId, seq }));
  const { note } = others;
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
      note('read', read.conversationId, read.userId, read.seq);
      events.emit('read', read);
    },
    receiveDelivered(delivered) {
      note('delivered', delivered.conversationId, delivered.userId, delivered.seq);
      events.emit('delivered', delivered);
    },
    upTo(conversationId) {
      const summary = conversations.summary(conversationId);
      return summary === undefined ? { read: 0, delivered: 0 } : others.upTo(summary, userId());
    },
    resume: marks.resume,
  };
}
