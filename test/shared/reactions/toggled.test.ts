import { mostKinds, mostOwn } from '../../../shared/protocol/reactions/reaction-limits.ts';
import { shownReactions, toggled } from '../../../shared/reactions/toggled.ts';
import { epochMillis } from '../../../shared/time.ts';
import { membersWorld } from '../../support/members-world.ts';
import { reactionsWorld } from '../../support/reactions-world.ts';
import { direct } from '../../support/step.ts';

const at = epochMillis(1);
const seen = { at, isUnseen: false };
const kinds = Array.from({ length: mostKinds + 1 }, (_, index) => String.fromCodePoint(0x1f600 + index));
const give = (emoji: string) => ({ emoji, on: true });

test('one person gives three, and no further one; what is taken back makes room', () => {
  let has = toggled({ counts: [], own: [] }, give(kinds[0] ?? ''), seen);
  for (const emoji of kinds.slice(1, mostOwn))
    has = toggled(has ?? { counts: [], own: [] }, give(emoji), seen);
  if (has === undefined) throw new Error();
  const full = has;
  expect(() => toggled(full, give(kinds[mostOwn] ?? ''), seen)).toThrow('larger than the limit');
  const less = toggled(full, { emoji: kinds[0] ?? '', on: false }, seen);
  expect(toggled(less ?? full, give(kinds[mostOwn] ?? ''), seen)?.own).toHaveLength(mostOwn);
});

test('a message takes twelve kinds, and any of these once more', () => {
  const counts = kinds.slice(0, mostKinds).map((emoji) => ({ emoji, count: 1 }));
  for (const isUnseen of [false, true])
    expect(() => toggled({ counts, own: [] }, give(kinds.at(-1) ?? ''), { at, isUnseen })).toThrow('limit');
  expect(toggled({ counts, own: [] }, give(kinds[0] ?? ''), seen)?.counts[0]?.count).toBe(2);
});

test('what nobody else sees counts for who gave it alone', () => {
  const counts = [{ emoji: '👍', count: 1 }];
  const has = toggled({ counts, own: [] }, give('👍'), { at, isUnseen: true });
  expect(has?.counts).toBe(counts);
  expect(shownReactions(has ?? { counts, own: [] })).toEqual([{ emoji: '👍', count: 2, own: true }]);
  expect(toggled(has ?? { counts, own: [] }, { emoji: '👍', on: false }, seen)).toEqual({ counts, own: [] });
});

test('a row that another device has changed meanwhile is not written over, and not taken', async () => {
  const group = await membersWorld(['ann', 'bob'], { history: 'start', afterLeaving: 'keep' });
  const { depsOf } = reactionsWorld(group);
  const { reactions } = depsOf(direct);
  await group.send(direct, 'ann', 'm-1');
  const message = group.messages()[0];
  if (message === undefined) throw new Error();
  const own = { userId: 'bob', held: false, before: undefined };
  const one = [{ emoji: '👍', at, unseen: true as const }];
  expect(await reactions.changeUnseen({ ...own, given: one }, message)).toBe(true);
  expect(await reactions.changeUnseen({ ...own, given: [] }, message)).toBe(false);
  const before = await reactions.readOwn('bob', group.conversationId, 1);
  if (before === undefined) throw new Error();
  const two = [...one, { emoji: '🎉', at, unseen: true as const }];
  expect(await reactions.changeUnseen({ ...own, before, given: two }, message)).toBe(true);
  expect(await reactions.changeUnseen({ ...own, before, given: [] }, message)).toBe(false);
  expect(await reactions.forget({ userId: 'bob', row: before, left: [] })).toBe(false);
  expect((await reactions.readOwn('bob', group.conversationId, 1))?.given).toEqual(two);
});
