import { turn } from '../../../shared/retention/turn.ts';

/** How many pages a turn reads before it is over. */
function pagesOf(isOver: () => boolean): number {
  let pages = 0;
  while (!isOver() && pages < 100) pages += 1;
  return pages;
}

test('a turn has its pages while the run lasts', () => {
  expect(pagesOf(turn(3, () => false))).toBe(3);
});

test('it has one however late it is, so that every turn gets somewhere', () => {
  expect(pagesOf(turn(3, () => true))).toBe(1);
});

test('it ends with the run', () => {
  let asked = 0;
  const runEndsAfterTwo = () => {
    asked += 1;
    return asked > 1;
  };
  expect(pagesOf(turn(5, runEndsAfterTwo))).toBe(2);
});
