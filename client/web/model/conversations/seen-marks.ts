import type { ConversationSummary } from '../../../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../../../shared/protocol/messages/table.ts';
import { unreadCount } from './unread-count.ts';

/** How far each conversation was looked at in this tab. */
export type SeenMarks = {
  mark(conversationId: string, seq: number): void;
  unread(summary: ConversationSummary, messages: readonly MessageBody[]): number;
  /** Of the latest conversations, for an app that is loaded again. */
  all(): Readonly<Record<string, number>>;
};

const remembered = 100;

export function createSeenMarks(earlier: Readonly<Record<string, number>>, me: string): SeenMarks {
  const seqs = new Map(Object.entries(earlier));
  return {
    mark(conversationId, seq) {
      seqs.set(conversationId, Math.max(seq, seqs.get(conversationId) ?? 0));
    },
    unread: (summary, messages) => unreadCount(summary, seqs.get(summary.conversationId), messages, me),
    all: () => Object.fromEntries([...seqs].slice(-remembered)),
  };
}
