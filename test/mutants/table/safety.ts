import { type Mutant, mutantsOf } from '../mutant.ts';

const model = 'test/shared/safety/block.model.test.ts';

/** Who is blocked notices nothing, and who blocks is left alone. */
export const safety: readonly Mutant[] = [
  ...mutantsOf(
    'shared/safety/hidden-from.ts',
    [model],
    [
      [
        'what is written to who blocks its author is shown to them',
        'each.blocks && each.userId !== userId ? [each.userId] : []',
        "each.blocks && each.userId === '' ? [each.userId] : []",
      ],
      [
        'who is blocked learns of it by what they are not told of themselves',
        'each.blocks && each.userId !== userId ?',
        'each.blocks ?',
      ],
      [
        'who is blocked sees her typing and her read marks',
        "const isBlocked = head.kind === 'direct' &&",
        "const isBlocked = head.kind === 'group' &&",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/messages/message-store.ts',
    [model, 'test/shared/stores/messages/message-store.test.ts'],
    [
      [
        'a page shows what is hidden from its reader',
        "(reader === 'anyone' || isShownTo(header, reader.userId))",
        "(reader === 'anyone' || isShownTo(header, ''))",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/read-history.ts',
    [model],
    [
      [
        'the first page is anybody’s',
        '      deps.retention,\n      { userId },\n    );\n    for',
        "      deps.retention,\n      'anyone',\n    );\n    for",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/export/export-messages.ts',
    [model],
    [['an export has what is hidden from its owner', '{\n        userId,\n      }', "'anyone'"]],
  ),
  ...mutantsOf(
    'shared/conversations/newest-message.ts',
    [model, 'test/shared/conversations/count-unread.test.ts'],
    [['what is hidden counts as unread', 'isShownTo(header, userId) &&', '']],
  ),
  ...mutantsOf(
    'shared/messages/retry-pushes.ts',
    [model],
    [['what is hidden is pushed when it is tried again', '!hiddenFor.includes(each.userId) &&', '']],
  ),
  ...mutantsOf(
    'shared/profiles/get-profiles.ts',
    ['test/shared/profiles/get-profiles.test.ts'],
    [['who is blocked sees the profile', ' && !blockers.has(each.userId)', '']],
  ),
  ...mutantsOf(
    'shared/stores/personal/block-store.ts',
    ['test/shared/stores/personal/block-store.test.ts'],
    [['a page ends at ids that begin high', "const blockEnd = 'block$';", "const blockEnd = 'block#~';"]],
  ),
];
