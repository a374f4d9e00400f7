import { type Mutant, mutantsOf } from '../mutant.ts';

/** What a message may hold, whom it calls, and what is shown of the one that it answers. */
export const content: readonly Mutant[] = [
  ...mutantsOf(
    'client/conversations/quotes.ts',
    ['test/client/conversations/quotes.test.ts'],
    [
      [
        'nobody is told that a quote has ended',
        '    changed();\n  });\n\n  async function',
        '  });\n\n  async function',
      ],
      ['a quote outlives the erasure of its message', 'if (found.has(key)) found.set(key, {});', 'void key;'],
      [
        'an answer on its way outlives the erasure',
        'if (found.has(key)) found.set(key, {});',
        'delete found.get(key)?.message;',
      ],
      ['a quote outlives the session', 'found.clear();', 'void found;'],
      ['all that was ever asked for is kept', 'found.size - most)', '0)'],
    ],
  ),
  ...mutantsOf(
    'shared/content/texts-in.ts',
    ['test/shared/content/check-content.test.ts'],
    [
      ['keys are not looked through', '[key, ...textsIn(each)]', 'textsIn(each)'],
      ['numbers are not looked through', 'return [digitsOf(value)];', 'return [];'],
    ],
  ),
  ...mutantsOf(
    'shared/protocol/messages/custom-data.ts',
    ['test/shared/protocol/messages/custom-data.test.ts'],
    [
      ['of any depth', 'levels === 0', 'levels < 0'],
      ['half a character is taken in a key', 'key.isWellFormed() && ', ''],
      ['what JSON has no number for is taken', 'Number.isFinite(value)', 'true'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/messages/stored-content.ts',
    ['test/shared/stores/messages/message-store.test.ts'],
    [['data becomes attributes', 'data: JSON.stringify(content.data)', 'data: content.data']],
  ),
  ...mutantsOf(
    'shared/conversations/may-mention-all.ts',
    ['test/shared/conversations/may-mention-all.test.ts'],
    [
      ['everybody calls all', "mentionAll === 'members') return true", 'mentionAll.length > 0) return true'],
      [
        'nobody owns an earlier group',
        'ownerOf(members.values()) === userId',
        "members.get(userId)?.role === 'owner'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/conversations/count-unread.ts',
    ['test/shared/conversations/count-unread.test.ts'],
    [['who calls all calls nobody', 'each.mentionsAll === true || ', '']],
  ),
];
