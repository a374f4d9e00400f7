import { type Mutant, mutantsOf } from '../mutant.ts';

/** What goes with an account beside what its user wrote. */
export const accountErasure: readonly Mutant[] = [
  ...mutantsOf(
    'shared/erasure/erase-live.ts',
    ['test/shared/erasure/erase-live.test.ts'],
    [
      ['they are told of whom they asked for', 'await presenceWatches.forget(userId);', ''],
      ['a large group finds their sockets', 'await live.leave(sockets, groups);', ''],
      ['a room counts them on', 'watchRows.count(watch, -1)', 'watchRows.count(watch, 1)'],
      ['what is beyond the first piece stays', 'left.length > again.length &&', 'left.length < 0 &&'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-personal.ts',
    ['test/shared/erasure/erase-personal.test.ts'],
    [
      [
        'the other one of a block keeps their row',
        'if (counterpart !== undefined)',
        "if (counterpart?.entry === '')",
      ],
      ['what is beyond the first piece stays', '...(next !== undefined && { after: next })', ''],
      [
        'what they have anew goes',
        'const others = isBack\n      ? []\n      : rows',
        'const others = isBack\n      ? rows.map(({ entry }) => entry)\n      : rows',
      ],
    ],
  ),
];
