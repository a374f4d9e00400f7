import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { Request } from '../wire/actions.ts';
import type { Read } from '../wire/server-frame.ts';
import type { ConversationBook } from './conversation-book.ts';
import { readMarks } from './read-marks.ts';

/** How far everybody has read. */
export type Reading = {
  /** What there is of the conversation has been seen here. */
  seen(conversationId: string): void;
  heard(read: Read): void;
  /** There is a connection again: tells what has not been told. */
  resume(): void;
};

type ReadingOptions = {
  readonly book: ConversationBook;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  readonly userId: () => string | undefined;
};

export function reading({ book, events, request, userId }: ReadingOptions): Reading {
  const marks = readMarks((conversationId, seq) => request('read', { conversationId, seq }));
  return {
    seen(conversationId) {
      const seq = book.find(conversationId)?.synced() ?? 0;
      const summary = book.summaries().find((each) => each.conversationId === conversationId);
      if (summary === undefined || seq <= summary.readSeq) return;
      book.read(conversationId, seq);
      marks.mark(conversationId, seq);
    },
    heard(read) {
      if (read.userId === userId()) {
        book.read(read.conversationId, read.seq);
        events.emit('conversations', book.summaries());
      }
      events.emit('read', read);
    },
    resume: marks.resume,
  };
}
