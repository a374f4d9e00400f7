import { ProtocolError } from '../protocol/errors.ts';
import type { ReactFrame } from '../protocol/reactions/frames.ts';
import { mostKinds, mostOwn } from '../protocol/reactions/reaction-limits.ts';
import type { Reaction, ReactionCount } from '../protocol/reactions/table.ts';
import type { OwnReaction } from '../stores/reactions/own-reactions.ts';
import type { EpochMillis } from '../time.ts';

/** What a message has been given, and what of it somebody has given. */
export type Reactions = { readonly counts: readonly ReactionCount[]; readonly own: readonly OwnReaction[] };

/**
 * As it is once they have given that emoji, or have taken it back; undefined where it is so already.
 * @throws ProtocolError TOO_LARGE for one kind more than a message, or a person for it, may have.
 */
export function toggled(
  { counts, own }: Reactions,
  { emoji, on }: Pick<ReactFrame, 'emoji' | 'on'>,
  { at, isUnseen }: { readonly at: EpochMillis; readonly isUnseen: boolean },
): Reactions | undefined {
  const given = own.find((each) => each.emoji === emoji);
  if (on === (given !== undefined)) return undefined;
  if (given !== undefined) {
    const others = own.filter((each) => each !== given);
    return { counts: given.unseen === true ? counts : lessOf(counts, emoji), own: others };
  }
  const isKnown = shownReactions({ counts, own }).some((each) => each.emoji === emoji);
  const kinds = shownReactions({ counts, own }).length;
  if (own.length >= mostOwn || (!isKnown && kinds >= mostKinds)) throw new ProtocolError('TOO_LARGE');
  if (isUnseen) return { counts, own: [...own, { emoji, at, unseen: true }] };
  return { counts: moreOf(counts, emoji), own: [...own, { emoji, at }] };
}

/** Without these of theirs. */
export function withoutOwn({ counts, own }: Reactions): readonly ReactionCount[] {
  return own
    .filter(({ unseen }) => unseen !== true)
    .reduce<readonly ReactionCount[]>((left, { emoji }) => lessOf(left, emoji), counts);
}

/** As they see it. What nobody else sees counts once more. */
export function shownReactions({ counts, own }: Reactions): readonly Reaction[] {
  const unseen = own.filter((each) => each.unseen === true);
  const all = unseen.reduce((more, { emoji }) => moreOf(more, emoji), counts);
  return all.map(({ emoji, count }) => ({
    emoji,
    count,
    ...(own.some((each) => each.emoji === emoji) && { own: true as const }),
  }));
}

function moreOf(counts: readonly ReactionCount[], emoji: string): readonly ReactionCount[] {
  if (!counts.some((each) => each.emoji === emoji)) return [...counts, { emoji, count: 1 }];
  return counts.map((each) => (each.emoji === emoji ? { emoji, count: each.count + 1 } : each));
}

function lessOf(counts: readonly ReactionCount[], emoji: string): readonly ReactionCount[] {
  return counts.flatMap((each) => {
    if (each.emoji !== emoji) return [each];
    return each.count > 1 ? [{ emoji, count: each.count - 1 }] : [];
  });
}
