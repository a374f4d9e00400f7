import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/imports/import-messages.model.test.ts'];

/** What is brought over from elsewhere: once, in its order, and nothing of who is not there. */
export const imports: readonly Mutant[] = [
  ...mutantsOf('shared/imports/import-messages.ts', model, [
    [
      'what was erased comes again',
      'tombstonedAt === undefined ? message.sentAt >= sentAt : message.sentAt > sentAt',
      'message.sentAt >= sentAt',
    ],
    [
      'who has left meanwhile still writes',
      'const still = left.filter(({ from }) => members.has(from));',
      'const still = left;',
    ],
    [
      'what a crash has left is not made known',
      'seq > conversation.head.lastSeq && expiresAt',
      'imported > 0 && expiresAt',
    ],
  ]),
  ...mutantsOf('shared/stores/imports/import-store.ts', model, [
    [
      'a repeat is another message',
      'recordWrite(tables.sends, message, recordEnd)',
      'recordWrite(tables.sends, { ...message, id: message.id + message.seq }, recordEnd)',
    ],
  ]),
  ...mutantsOf(
    'shared/members/plan-change.ts',
    ['test/shared/members/members.model.test.ts'],
    [
      [
        'a group that the operator has emptied is nobody’s for ever',
        "...(isNew && { roles: { [first]: 'owner' as const } }),",
        '',
      ],
    ],
  ),
];
