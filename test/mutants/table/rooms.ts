import { type Mutant, mutantsOf } from '../mutant.ts';

const model = 'test/shared/rooms/rooms.model.test.ts';
const stores = 'test/shared/rooms/room-stores.test.ts';

/** What is written in a room reaches everybody, and nobody twice. */
export const rooms: readonly Mutant[] = [
  ...mutantsOf(
    'shared/rooms/deliver-room.ts',
    [model],
    [
      [
        'who finds a part left tells everything again',
        'lease.wasLeft ? await tellBehind(deps, part, lease) : lease',
        'lease',
      ],
      [
        'what comes while a part is being told is forgotten',
        "if (!more && (await deps.cursors.giveBack(part, id, at)) !== 'again') return;",
        'if (!more) return void (await deps.cursors.giveBack(part, id, at));',
      ],
      ['who is not reached is not told later', 'if (missed.length > 0) {', 'if (missed.length > 99) {'],
      [
        'what waits for a number in front of it waits for ever',
        'if (waitsUntil !== undefined) await askLater(deps, part, waitsUntil);',
        '',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/rooms/read-batch.ts',
    [model],
    [
      [
        'a number that may still come is passed over',
        'if (isYoung(header, deps.now()))',
        'if (isYoung(header, deps.now()) && deps.now() < 0)',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/rooms/repeat-in-room.ts',
    [model],
    [
      [
        'a repeat does not wait for the first attempt',
        "if (deps.now() - claimedAt < sendMillis) throw new ProtocolError('CONFLICT');",
        '',
      ],
      [
        'two repeats both store',
        'if (!(await deps.sends.notePlace(record, taken, recordEnd(record), record.seq))) {',
        'if (!(await deps.sends.notePlace(record, taken, recordEnd(record), record.seq)) && taken.seq < 0) {',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/live/room-cursor-store.ts',
    [stores],
    [
      ['a part is told by two', "leaseUntil < :now)',", "leaseUntil > :now)',"],
      [
        'who asks meanwhile is not looked after',
        "evenIf === undefined ? 'leaseId = :id AND attribute_not_exists(again)' : 'leaseId = :id',",
        "'leaseId = :id',",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/stores/conversations/room-store.ts',
    [stores],
    [
      ['times fall where a clock is behind', "take('lastSentAt <= :at', ", "take('lastSentAt <> :one', "],
      ['who is overtaken races once more', "take('lastSentAt > :at', '', ", "take('lastSentAt < :at', '', "],
      ['a room that has ended goes on', ' OR expiresAt > :over)', ' OR expiresAt > :one)'],
    ],
  ),
  ...mutantsOf(
    'shared/stores/live/watch-store.ts',
    [stores],
    [['who has gone is let in', '.filter(({ expiresAt }) => expiresAt > over)', '']],
  ),
];
