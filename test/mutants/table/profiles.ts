import { type Mutant, mutantsOf } from '../mutant.ts';

const stores = 'shared/stores/profiles';
const storeTests = ['test/shared/stores/profiles/title-store.test.ts'];
const titleTests = ['test/shared/conversations/titles.test.ts'];

/** Profiles and titles: whose they are, how long they last, and what takes them away. */
export const profiles: readonly Mutant[] = [
  ...mutantsOf(
    'shared/conversations/tell-opened.ts',
    ['test/shared/conversations/tell-opened.test.ts'],
    [
      [
        'who has given a title is told of it',
        'each.connectionId !== connectionId',
        'each.connectionId.length > 0',
      ],
    ],
  ),
  ...mutantsOf(`${stores}/clocked-row-store.ts`, storeTests, [
    [
      'what is held stays in the sweeper’s index',
      'REMOVE endsAt, expiresAt, sweepShard, releasedAt',
      'REMOVE endsAt, expiresAt, releasedAt',
    ],
    ['time to live comes at the end', "':later': expiresAt + marginSeconds", "':later': expiresAt"],
    [
      'another version is renewed',
      "'updatedAt = :version AND (attribute_not_exists(renewedAt) OR renewedAt < :at)'",
      "'updatedAt <> :at AND :version < :at'",
    ],
    [
      'what was renewed is swept by its first clock',
      'sweepShard = :shard, sweepFrom = :at REMOVE releasedAt',
      'sweepShard = :shard REMOVE releasedAt',
    ],
  ]),
  ...mutantsOf(`${stores}/profile-sweep-store.ts`, storeTests, [
    [
      'what is held meanwhile is removed',
      "'sweepFrom = :from AND attribute_exists(sweepShard)'",
      "'sweepFrom = :from'",
    ],
    [
      'what was renewed meanwhile is removed',
      "'sweepFrom = :from AND attribute_exists(sweepShard)'",
      "'attribute_exists(sweepShard) AND sweepFrom >= :from'",
    ],
  ]),
  ...mutantsOf(
    `${stores}/renewed-end.ts`,
    ['test/shared/profiles/keep-profile.test.ts'],
    [
      ['what has ended comes back', 'leftSeconds < graceSeconds || ', ''],
      ['every hello writes', ' || leftSeconds > retentionSeconds / 2', ''],
    ],
  ),
  ...mutantsOf('shared/conversations/titles-for.ts', titleTests, [
    [
      'a title is shown after its end',
      'found.filter((title) => isProfileReadable(title, retention))',
      'found.filter((title) => isProfileReadable({ ...title, expiresAt: title.expiresAt }, { ...retention, now: title.updatedAt }))',
    ],
    ['whoever looks renews it', 'by === userId', "by !== ''"],
  ]),
  ...mutantsOf('shared/conversations/earlier-titles.ts', titleTests, [
    [
      'an earlier title has no end',
      'updatedAt: createdAt, expiresAt: unstamped',
      'updatedAt: retention.now, expiresAt: unstamped',
    ],
    ['an ended one is left on its head', 'conversations.stripTitle(conversationId)', 'conversationId'],
  ]),
  ...mutantsOf('shared/conversations/open-conversation.ts', titleTests, [
    [
      'the title goes to the head',
      'createdAt: deps.now(),',
      'createdAt: deps.now(), ...{ title: frame.title },',
    ],
  ]),
  ...mutantsOf(
    'shared/conversations/give-title.ts',
    [...titleTests, 'test/shared/rooms/open-room.test.ts'],
    [
      [
        'its author is forgotten before it',
        '(expiresAt + foundForSeconds) as EpochSeconds',
        '(expiresAt - foundForSeconds) as EpochSeconds',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-titles.ts',
    ['test/shared/erasure/erase-profile.test.ts'],
    [
      ['titles of others go too', 'by === userId && ', "by !== '' && "],
      ['what was given after the request goes', ' && updatedAt <= writtenBy', ' && updatedAt > 0'],
      ['what is held goes', 'isOnHold(holds, userId, conversationId)', 'isOnHold(holds, undefined)'],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-profile.ts',
    ['test/shared/erasure/erase-profile.test.ts'],
    [
      [
        'the second page of conversations is forgotten',
        'next !== undefined && { after: next }',
        'false as const',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/retention/sweep-profiles.ts',
    ['test/shared/retention/sweep-profiles.test.ts'],
    [
      [
        'what a hold keeps is deleted',
        'rows.filter((row) => !isHeld(row, holds))',
        'rows.filter((row) => !isHeld(row, holds) || row.expiresAt > 0)',
      ],
      ['what a hold kept is late from its end on', 'row.releasedAt ?? 0', '0'],
      ['the last group stays', '  await removeGroup();\n  return counts;', '  return counts;'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/expiry/retention.ts',
    ['test/shared/retention/sweep-profiles.test.ts'],
    [
      [
        'after a longer retention what was stamped before waits for the longer one',
        'Math.max(0, endedBefore, ...bounds.map((bound) => bound * 1000))',
        'Math.max(0, endedBefore, (bounds.at(-1) ?? 0) * 1000)',
      ],
    ],
  ),
  ...mutantsOf('shared/holds/backfill-batch.ts', titleTests, [
    ['a hold passes over titles', 'seq === undefined ? await backfillTitle(deps, current) : 0', '0'],
    [
      'a title is held for its conversation alone',
      'isOnHold(holds, title.by, conversationId)',
      'isOnHold(holds, undefined, conversationId)',
    ],
  ]),
];
