import type { Reaction } from '../../shared/protocol/reactions/table.ts';

/** What a message has been given: `👍 2, ❤️ 1`; of nothing, that. */
export function reactionWords(reactions: readonly Reaction[] = []): string {
  if (reactions.length === 0) return 'no reactions';
  return reactions.map(({ emoji, count }) => `${emoji} ${count}`).join(', ');
}

/** What the button of one says to who does not see it. */
export function reactionLabel({ emoji, count, own }: Reaction): string {
  if (own !== true) return `${emoji}: ${count}`;
  return count === 1 ? `${emoji}: you` : `${emoji}: ${count}, you among them`;
}
