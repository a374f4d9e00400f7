import { type Mutant, mutantsOf } from '../mutant.ts';

const tests = ['test/e2e/reach.test.ts'];

/** Whom somebody may name. */
export const reach: readonly Mutant[] = [
  ...mutantsOf('shared/reach/may-reach.ts', tests, [
    [
      'one of those named is enough for a claim',
      'named.every((userId) => isClaimed',
      'named.some((userId) => isClaimed',
    ],
    ['to be shared it needs no place that the caller is in', 'own.has(row.conversationId) ?', 'row ?'],
    [
      'one of those named is enough for what is shared',
      'named.every((userId) => shared',
      'named.some((userId) => shared',
    ],
    ['nobody is asked for more than anybody', "if (reach === 'anyone')", 'if (reach)'],
  ]),
  ...mutantsOf('shared/reach/admit-named.ts', tests, [
    ['who has been reached is asked once more', '!isAllowed && !isReached', '!isAllowed'],
  ]),
  ...mutantsOf('shared/reach/claimed-ids.ts', tests, [
    ['what is no claim is everybody', 'data = []', "data = '*'"],
  ]),
];
