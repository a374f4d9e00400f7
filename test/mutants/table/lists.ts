import { type Mutant, mutantsOf } from '../mutant.ts';

const stores = 'shared/stores';
const tests = 'test/shared/stores';

/** What lists are made from. */
export const lists: readonly Mutant[] = [
  ...mutantsOf(
    `${stores}/personal/recent-store.ts`,
    [`${tests}/personal/recent-store.test.ts`],
    [
      ['a page begins anew', 'ExclusiveStartKey: { userId, entry: entryOf(before) }', ''],
      ['the oldest day comes first', 'ScanIndexForward: false,', ''],
      ['what was set then is left out', "'#at >= :at'", "'#at > :at'"],
      ['that day is left out', '`${prefix}${dayOf(at)}`', '`${prefix}${dayOf(at)}~`'],
      ['rows of other kinds are marks', "':first': prefix,", "':first': 'block',"],
      ['marks are looked up as they may have been', 'Keys, ConsistentRead: true', 'Keys'],
      [
        'a mark of any day goes',
        'unmark(userIds, mark) {\n      const entry = entryOf(mark)',
        "unmark(userIds, mark) {\n      const entry = entryOf({ ...mark, day: '' })",
      ],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/own-place-store.ts`,
    [`${tests}/conversations/own-place-store.test.ts`],
    [
      ['who is no member gets a row', 'attribute_exists(conversationId) AND ', ''],
      ['what has ended is arranged', 'OR expiresAt > :over', 'OR :over = :over'],
      ['what is taken back stays, as false', 'Boolean(value)', 'value !== undefined'],
    ],
  ),
  ...mutantsOf(
    `${stores}/conversations/listed-store.ts`,
    [`${tests}/conversations/listed-store.test.ts`],
    [
      ['a page is one too short', '1 + mostClose + 1', '1 + mostClose'],
      [
        'who sorts late in a large group is no member',
        '(isSmall ? undefined : await',
        '(isSmall || LastEvaluatedKey ? undefined : await',
      ],
      ['whose row has ended goes on', 'hasEnded(member, now())', 'hasEnded(member, 0 as never)'],
      ['the head counts as somebody', 'return rows - 1', 'return rows'],
      ['a group is counted each time', 'head.memberCount ?? ', ''],
    ],
  ),
];
