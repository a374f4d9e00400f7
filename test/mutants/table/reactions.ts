import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/reactions/react.model.test.ts', 'test/shared/reactions/toggled.test.ts'];
const announced = ['test/shared/reactions/announce-reactions.test.ts'];

/** What people give to messages: counted once, told to whom it concerns, and taken along. */
export const reactions: readonly Mutant[] = [
  ...mutantsOf('shared/stores/reactions/reaction-store.ts', model, [
    [
      'a row that has changed meanwhile is written over',
      "'given = :before'",
      "'attribute_exists(given) OR :before = :before'",
    ],
    [
      'an empty row stays',
      'given.length === 0 && before !== undefined',
      'given.length < 0 && before !== undefined',
    ],
    [
      'an erasure takes the row alone',
      "UpdateExpression: 'SET reactions = :counts, rev = :rev'",
      "UpdateExpression: 'SET rev = :rev, taken = :counts'",
    ],
  ]),
  ...mutantsOf('shared/reactions/toggled.ts', model, [
    [
      'the same twice counts twice',
      'if (on === (given !== undefined)) return undefined;',
      'if (!on && given === undefined) return undefined;',
    ],
    [
      'who takes one back is still counted',
      'given.unseen === true ? counts : lessOf(counts, emoji)',
      'counts',
    ],
    ['a fourth is taken', 'own.length >= mostOwn', 'own.length > mostOwn'],
    ['the last one stays as none', 'each.count > 1 ?', 'each.count > 0 ?'],
  ]),
  ...mutantsOf('shared/reactions/announce-reactions.ts', announced, [
    ['each of many reactions is told to all', 'toldAt <= now ?', 'toldAt >= 0 ?'],
    [
      'the device that did it is told',
      'connectionId !== reactor.connectionId',
      'connectionId !== reactor.userId',
    ],
    ['among many everybody is told at once', 'const told = isMany || isUnseen ?', 'const told = isUnseen ?'],
  ]),
  ...mutantsOf(
    'shared/reactions/react.ts',
    ['test/e2e/react.test.ts'],
    [
      [
        'who has left still reacts',
        'member === undefined || !isReadableBy',
        'ranges.length === 0 || !isReadableBy',
      ],
      ['an event is reacted to', "found.message.content.type !== 'event' &&", ''],
      [
        'who is blocked is seen',
        'const isUnseen = witnessesOf(conversation, userId) !== conversation;',
        'const isUnseen = witnessesOf(conversation, userId) === undefined;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-personal.ts',
    ['test/e2e/react.test.ts'],
    [
      [
        'a hold keeps no reaction',
        '!isOnHold(holds, userId, conversationId)',
        "!isOnHold(holds, '', conversationId)",
      ],
    ],
  ),
];
