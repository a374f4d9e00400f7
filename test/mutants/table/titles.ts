import { type Mutant, mutantsOf } from '../mutant.ts';

const model = ['test/shared/members/titles.model.test.ts'];

/** What a group is called, by whom, and what a hold keeps of it. */
export const titles: readonly Mutant[] = [
  ...mutantsOf('shared/stores/title-changes/title-change-store.ts', model, [
    [
      'a held title is written over',
      'before !== undefined && isHeld',
      'before !== undefined && !isHeld && isHeld',
    ],
    [
      'who has lost the role still gives one',
      "'attribute_not_exists(revision)' : 'revision = :seen'",
      "'attribute_exists(conversationId)' : ':seen = :seen'",
    ],
    ['a list does not ask for it', "':titled': kept.now !== undefined", "':titled': kept.now === undefined"],
    [
      'a title that was taken away stays',
      'before === undefined ? [] : [...replaced, { Delete',
      'before !== undefined ? [] : [...replaced, { Delete',
    ],
  ]),
  ...mutantsOf('shared/members/change-title.ts', model, [
    ['an admin takes it away', 'title === null ? isOwner : mayGive', 'mayGive'],
    ['everybody gives one', "members.get(userId)?.role === 'admin'", 'members.has(userId)'],
    [
      'a repeat is another title',
      'if (earlier !== undefined) return repeat',
      'if (earlier === null) return repeat',
    ],
    ['an old title is told as the new one', 'if (title === asked) {', 'if (title !== undefined) {'],
    [
      'the same title is given again',
      'if (before !== undefined && (before.shown?.title ?? null) === title)',
      'if (before === null)',
    ],
  ]),
];
