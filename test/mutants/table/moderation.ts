import { type Mutant, mutantsOf } from '../mutant.ts';

const model = 'test/shared/erasure/moderation.model.test.ts';

/** Who leads a group takes away what others wrote there, and nobody else does. */
export const moderation: readonly Mutant[] = [
  ...mutantsOf(
    'shared/stores/moderation/moderation-store.ts',
    [model],
    [['an ex-admin still erases', "'revision = :seen'", "'revision >= :seen'"]],
  ),
  ...mutantsOf(
    'shared/conversations/may-take-away.ts',
    [model, 'test/shared/erasure/authorize-erasure.test.ts'],
    [
      [
        'an admin erases the owner’s',
        "=== 'admin' && from !== owner && members.get(from)?.role === undefined",
        "=== 'admin'",
      ],
      ['an event of others goes', "|| content.type === 'event'", ''],
      ['everybody who is in moderates', "members.get(userId)?.role === 'admin'", 'members.has(userId)'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-messages.ts',
    [model],
    [
      [
        'what is taken away is looked for among one’s own',
        '? await authorAt(place) : userId',
        '? userId : userId',
      ],
      ['a hold on the author is not asked for', 'users: [author],', 'users: [userId],'],
      ['nobody is told after a crash', 'await deps.tell(conversationId, [reached + 1]);', ''],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/met-holds.ts',
    [model],
    [
      [
        'what waits for a release asks for the moderator',
        'isModeration === true ? heldAuthor : userId',
        'userId',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-written.ts',
    [model],
    [['its media stays', 'await deps.removeMedia({ conversationId, mediaId });', 'undefined;']],
  ),
];
