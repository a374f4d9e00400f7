import { type Mutant, mutantsOf } from '../mutant.ts';

const stores = 'test/shared/stores/conversations/conversation-store.test.ts';
const model = 'test/shared/conversations/conversation-end.model.test.ts';
const bomb = 'test/e2e/open-bomb.test.ts';

/** Conversations without a message and members who never came have rows that end; nobody else has. */
export const conversationEnds: readonly Mutant[] = [
  ...mutantsOf(
    'shared/conversations/open-conversation.ts',
    [model, bomb],
    [
      [
        'what is opened has no end',
        '...(staysAnyway ? {} : { expiresAt: endWithoutMessage(deps.now()) }),',
        '',
      ],
      ['opened again it ends as before', '&& !endsSoon(head, now())', ''],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/keep-conversation.ts',
    [model],
    [
      ['the head ends under a message', 'head.expiresAt !== undefined', 'head.expiresAt === 0'],
      ['the sender ends', "kind === 'direct' || userId === from", "kind === 'direct'"],
      ['the other of two ends', "kind === 'direct' || userId === from", 'userId === from'],
      ['who never came stays for good', 'userId === from)', 'userId !== undefined)'],
      ['nobody is waited for', 'later === undefined ?', 'later !== undefined ?'],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/list-conversations.ts',
    [model],
    [
      [
        'who never came stays by a look at nothing',
        'head.lastSeq > 0 && member.expiresAt',
        'member.expiresAt',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/messages/read-history.ts',
    [model],
    [['who reads has not come', 'lastSeq > 0 && member?.expiresAt !== undefined', 'lastSeq < 0']],
  ),
  ...mutantsOf(
    'shared/stores/conversations/conversation-end.ts',
    [stores, model],
    [
      [
        'a row is read when time to live may have it',
        '+ graceSeconds) as EpochSeconds;\n}\n\n/** Of rows',
        ') as EpochSeconds;\n}\n\n/** Of rows',
      ],
      ['every send writes', '(awaited + daySeconds)', '(awaited + 1)'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/dynamodb/row-end.ts',
    [stores],
    [
      ['under hold the end stays', "['expiresAt', 'heldExpiresAt']", "['expiresAt']"],
      ['an end comes back', '`${end} < :to`', '`attribute_not_exists(${end}) OR ${end} < :to`'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/conversations/conversation-item.ts',
    [stores],
    [['who has ended is still a member', '.filter((member) => !hasEnded(member, now))', '']],
  ),
  ...mutantsOf(
    'shared/holds/backfill-batch.ts',
    [model],
    [
      [
        'of a held conversation the members end',
        'await conversations.listMemberIds(conversationId)',
        '[] as string[]',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/conversations/membership-store.ts',
    [stores],
    [['who marks as read has not come', ' REMOVE expiresAt, heldExpiresAt', '']],
  ),
  ...mutantsOf(
    'functions/open/handler.ts',
    ['test/e2e/sensitive-data.test.ts'],
    [['a title may hold anything', 'frame.title === undefined ? [] : [frame.title]', '[]']],
  ),
];
