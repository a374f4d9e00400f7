import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/members/members.model.test.ts'];

/** Who comes and goes, and what they then get. */
export const members: readonly Mutant[] = [
  ...mutantsOf('shared/messages/append-message.ts', model, [
    ['who is removed still receives and writes', 'await members?.pass(met.splice(0));', ''],
  ]),
  ...mutantsOf('shared/messages/follow-members.ts', model, [
    [
      'who has left is no longer told from who is in',
      'const gone = new Set([...(event.removed ?? []), ...(event.left ?? [])]);',
      'const gone = new Set(event.removed ?? []);',
    ],
  ]),
  ...mutantsOf('shared/messages/repeat-send.ts', model, [
    [
      'who was removed is pushed what a repeat finds',
      "const now = kind === 'group' ? await conversations.read(conversationId) : read;",
      'const now = conversations === undefined || kind ? read : read;',
    ],
  ]),
  ...mutantsOf('shared/members/change-members.ts', model, [
    ['who joins reads from the start', "...(head.history === 'joining' && { fromSeq: seq }),", ''],
    ['who leaves reads nothing', "toSeq: head.afterLeaving === 'nothing' ? 0 : leftSeq,", 'toSeq: 0,'],
    [
      'who comes back has lost what was theirs',
      '...(former.has(userId) && { returned: true as const }),',
      '',
    ],
  ]),
  ...mutantsOf('shared/stores/membership-changes/membership-change-store.ts', model, [
    [
      'two changes of one revision',
      "const isUnchanged = seen === 0 ? 'attribute_not_exists(revision)' : 'revision = :seen';",
      "const isUnchanged = seen === 0 ? 'attribute_exists(conversationId)' : ':seen = :seen';",
    ],
  ]),
  ...mutantsOf('shared/stores/membership-changes/event-writes.ts', model, [
    ['an event is lost', 'if (TableName === undefined) return [];', 'if (TableName !== event.id) return [];'],
  ]),
  ...mutantsOf('shared/members/plan-change.ts', model, [
    ['a group is left without an owner', "...(heir !== undefined && { roles: { [heir]: 'owner' } })", ''],
    ['an admin removes an admin', '!leaving.some(isAbove)', 'leaving.length > 0'],
  ]),
  ...mutantsOf(
    'shared/export/own-view.ts',
    ['test/shared/export/own-view.test.ts'],
    [
      [
        'an export has what was written before somebody came',
        'from === userId || isReadableBy(ranges, seq)',
        'ranges.length >= 0 || from === userId || isReadableBy(ranges, seq)',
      ],
      ['who has left learns who is in by now', 'asItWas(conversation, former)', 'conversation'],
    ],
  ),
];
