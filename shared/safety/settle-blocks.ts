import type { BlockStore } from '../stores/personal/block-store.ts';
import { type MarkBlocksDeps, markBlocks } from './mark-blocks.ts';

/** Those of two people who block the other one. */
export async function blockersBetween(
  blocks: Pick<BlockStore, 'blocks'>,
  [one = '', other = '']: readonly string[],
): Promise<ReadonlySet<string>> {
  const sides = [[one, other] as const, [other, one] as const];
  const found = await Promise.all(sides.map(async ([userId, otherId]) => blocks.blocks(userId, otherId)));
  return new Set(sides.flatMap(([userId], index) => (found[index] === true ? [userId] : [])));
}

/**
 * For rows that have just been made, by which nobody who began or ended a block meanwhile could know of them: has them say what is
 * so now. Where nothing has changed nothing is written.
 */
export async function settleBlocks(
  deps: MarkBlocksDeps,
  conversationId: string,
  pair: readonly string[],
  marked: ReadonlySet<string>,
): Promise<void> {
  const blockers = await blockersBetween(deps.blocks, pair);
  const changed = pair.filter((userId) => blockers.has(userId) !== marked.has(userId));
  await Promise.all(
    changed.map(async (userId) => {
      const otherId = pair.find((each) => each !== userId) ?? '';
      await markBlocks(deps, conversationId, { userId, otherId });
    }),
  );
}
