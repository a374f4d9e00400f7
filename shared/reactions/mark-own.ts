import type { MarkOwn } from '../messages/read-history.ts';
import type { OwnReactionStore } from '../stores/reactions/own-reaction-store.ts';
import type { OwnReaction } from '../stores/reactions/own-reactions.ts';
import { shownReactions } from './toggled.ts';

/** One call for a page, and none for one that nobody has reacted to. */
export function markOwn(store: Pick<OwnReactionStore, 'list'>): MarkOwn {
  return async ({ userId, conversationId }, messages, reacted) => {
    const seqs = messages.map(({ seq }) => seq).filter((seq) => reacted.has(seq));
    if (seqs.length === 0) return messages;
    const given = new Map<number, readonly OwnReaction[]>();
    const to = Math.max(...seqs);
    let from: number | undefined = Math.min(...seqs);
    // A second one only where most of what they have reacted to in between is gone.
    for (let calls = 0; from !== undefined && from <= to && calls < mostCalls; calls += 1) {
      const { rows, next } = await store.list(userId, conversationId, { from, to });
      for (const row of rows) given.set(row.seq, row.given);
      from = next === undefined ? undefined : (seqs.find((seq) => seq > next) ?? to + 1);
    }
    return messages.map((message) => {
      const own = given.get(message.seq);
      if (own === undefined) return message;
      return { ...message, reactions: shownReactions({ counts: message.reactions ?? [], own }) };
    });
  };
}

/** As many as a page has messages, two hundred and fifty rows each. */
const mostCalls = 100;
