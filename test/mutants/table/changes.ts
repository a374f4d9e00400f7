import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/messages/changes.model.test.ts'];

/** What messages say after all, and who learns of it. */
export const changes: readonly Mutant[] = [
  ...mutantsOf('shared/messages/change-message.ts', model, [
    ['what was taken back is edited', ' &&\n    found.header.recalledAt === undefined;', ';'],
    [
      'what has ended is changed',
      'isReadable(found.header, ruling) &&\n    isShownTo(found.header, userId)',
      'isShownTo(found.header, userId)',
    ],
    [
      'a repeat is a second change',
      'if (earlier !== undefined) return settle',
      'if (earlier === null) return settle',
    ],
    [
      'who has lost a race never knows better',
      'losses === 0 ? 0 : await deps.changes.newestRev(conversationId)',
      'losses < 99 ? 0 : await deps.changes.newestRev(conversationId)',
    ],
  ]),
  ...mutantsOf(
    'shared/messages/edit-message.ts',
    [...model, 'test/shared/messages/edit-window.test.ts'],
    [
      [
        'an old version is left without a hold',
        '...(isHeld && {\n        version:',
        '...({\n        version:',
      ],
      [
        'a hold keeps no version',
        'const isHeld = isOnHold(holds, userId, conversationId);',
        'const isHeld = false;',
      ],
      ['what others wrote is edited', 'message.from !== userId || ', ''],
      ['a window never closes', 'seconds > 0 && now <= sentAt + seconds * 1000', 'seconds > 0'],
    ],
  ),
  ...mutantsOf('shared/messages/recall-message.ts', model, [
    [
      'what a hold keeps is lost',
      'const isHeld = isOnHold(holds, from, conversationId);',
      'const isHeld = false;',
    ],
    ['it goes on saying whom it mentions', "remove: ['mentions', 'mentionsAll', ", 'remove: ['],
  ]),
  ...mutantsOf('shared/messages/read-changes.ts', model, [
    [
      'a device that was away for long loses a change',
      '!isWhole || !isUpToDate || lastRev - changedAfter > mostBehind',
      'lastRev - changedAfter > mostBehind',
    ],
    ['the next page leaves one out', 'next: rev - 1 }', 'next: rev }'],
    ['what they may not read is told of', 'filter((seq) => isReadableBy(ranges, seq))', 'filter(() => true)'],
  ]),
];
