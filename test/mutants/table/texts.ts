import { type Mutant, mutantsOf } from '../mutant.ts';

/** What people write, and how it is found and shown. */
export const texts: readonly Mutant[] = [
  ...mutantsOf(
    'shared/sensitive-data/card-shapes.ts',
    ['test/shared/sensitive-data/find-sensitive-data.test.ts'],
    [
      ['a year before a card hides it', 'to: from }, size, besideBefore)', 'to: from }, size, /^$/)'],
      ['a code behind a card hides it', 'size, besideAfter)', 'size, /^$/)'],
      ['any fours may stand beside a card', 'shape.test(digitsOf(', '/^/.test(digitsOf('],
    ],
  ),
  ...mutantsOf(
    'client/web/model/messages/message-rows.ts',
    ['test/client/web/model/messages/message-rows.test.ts'],
    [
      ['every row is made anew', 'known?.around === around', 'known?.around === `${around}?`'],
      ['a row that has aged stays as it was', '&& now < known.to', ''],
    ],
  ),
  ...mutantsOf(
    'client/web/session/at-most-every.ts',
    ['test/client/web/session/at-most-every.test.ts'],
    [['the page is drawn at every event', 'last + ms - clock.now()', '0']],
  ),
  ...mutantsOf(
    'client/terminal/screen/terminal-screen.ts',
    ['test/client/terminal/screen/terminal-screen.test.ts'],
    [['a terminal that was left is asked again', 'closed = true;', '']],
  ),
  ...mutantsOf(
    'client/terminal/screen/wrap.ts',
    ['test/client/terminal/screen/wrap.test.ts'],
    [['a cluster is never cut', 'mostColumns(segment) > room ? [...segment] : segment', 'segment']],
  ),
];
