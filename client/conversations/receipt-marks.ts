import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';

/** How far each of the others has come in a conversation. */
export type ReceiptMarks = {
  note(kind: 'read' | 'delivered', conversationId: string, userId: string, seq: number): void;
  /** A list says how far everybody has read. */
  noteList(summaries: readonly ConversationSummary[]): void;
  /** Up to where all of the others have come; 0 where that cannot be said of each of them. */
  upTo(summary: ConversationSummary, me: string | undefined): Receipts;
  clear(): void;
};

export type Receipts = { readonly read: number; readonly delivered: number };

export function createReceiptMarks(): ReceiptMarks {
  const marks = { read: new Map<string, number>(), delivered: new Map<string, number>() };
  const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`;

  function note(kind: 'read' | 'delivered', conversationId: string, userId: string, seq: number): void {
    const key = keyOf(conversationId, userId);
    marks[kind].set(key, Math.max(seq, marks[kind].get(key) ?? 0));
  }

  return {
    note,
    noteList(summaries) {
      for (const { conversationId, members = [] } of summaries)
        for (const { userId, readSeq } of members)
          if (readSeq !== undefined) note('read', conversationId, userId, readSeq);
    },
    upTo({ conversationId, members = [], memberCount }, me) {
      const others = members.filter(({ userId }) => userId !== me);
      // Of a large group nobody knows who they all are; of nobody it is not said either.
      if (others.length === 0 || members.length < memberCount) return { read: 0, delivered: 0 };
      const of = (kind: 'read' | 'delivered') =>
        others.map(({ userId }) => marks[kind].get(keyOf(conversationId, userId)) ?? 0);
      const read = of('read');
      // Whoever has read a message has it.
      const delivered = of('delivered').map((seq, index) => Math.max(seq, read[index] ?? 0));
      return { read: Math.min(...read), delivered: Math.min(...delivered) };
    },
    clear() {
      marks.read.clear();
      marks.delivered.clear();
    },
  };
}
