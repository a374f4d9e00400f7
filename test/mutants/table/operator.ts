import { type Mutant, mutantsOf } from '../mutant.ts';

/** What the operator orders. */
export const operator: readonly Mutant[] = [
  ...mutantsOf(
    'infra/operations/account-alarms.ts',
    ['test/infra/operations/operations.test.ts'],
    [
      ['who is refused is an error', "'errors - FILL(refusals, 0)'", "'errors'"],
      [
        'indexes are summed up as tables',
        "Index: 'GlobalSecondaryIndexName, TableName'",
        "Index: 'TableName'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/holds/tend-holds.ts',
    ['test/shared/holds/hold-grounds.test.ts', 'test/shared/holds/hold-walk-age.test.ts'],
    [['a hold ends a moment early', 'endsAt > now()', 'endsAt > now() + 1']],
  ),
  ...mutantsOf(
    'shared/holds/set-hold.ts',
    ['test/shared/holds/hold-grounds.test.ts'],
    [
      [
        'a longer hold begins anew',
        'isInForce ? before : newHold(target, state, deps.now())',
        'newHold(target, state, deps.now())',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/holds/backfill-batch.ts',
    ['test/shared/media/sweep-hold-race.test.ts'],
    [['a tag behind the first pass stays', 'if (pass === 2)', 'if (false)']],
  ),
  ...mutantsOf(
    'shared/holds/hold-report.ts',
    ['test/shared/media/sweep-hold-race.test.ts', 'test/shared/holds/hold-grounds.test.ts'],
    [['a hold is held at once', "hold?.state !== 'held' || hold.backfill === undefined", 'true']],
  ),
  ...mutantsOf(
    'shared/holds/second-pass.ts',
    ['test/infra/stacks/chat-stack.test.ts'],
    [['the second pass does not wait for the sweeper', '= 330', '= 320']],
  ),
  ...mutantsOf(
    'shared/handlers/check-hold-order.ts',
    ['test/shared/handlers/check-hold-order.test.ts'],
    [
      ['who is unknown is held', "order.kind === 'user' && order", "order.kind !== 'user' && order"],
      ['a hold needs no authority', ' || authority === undefined', ''],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/resume-erasures.ts',
    ['test/shared/erasure/request.test.ts'],
    [
      [
        'what a hold keeps has no deadline',
        'isStillHeld(deps.holds.among, request))) return age;',
        'isStillHeld(deps.holds.among, request))) return 0;',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/export/export-link.ts',
    ['test/shared/export/earliest-end.test.ts'],
    [
      ['a zip outlives its messages', 'epochSeconds(readableUntil), end)', 'epochSeconds(readableUntil))'],
      ['a shorter policy ends no zip', 'Math.min(noted, retentionEnd(start, retention))', 'noted'],
    ],
  ),
  ...mutantsOf(
    'shared/export/write-zip.ts',
    ['test/shared/export/earliest-end.test.ts'],
    [['the last end counts', 'one < other ? one : other', 'one < other ? other : one']],
  ),
  ...mutantsOf(
    'shared/handlers/require-known-user.ts',
    ['test/shared/handlers/check-hold-order.test.ts'],
    [['one look is enough', 'if (await look()) return;', 'return void (await look());']],
  ),
];
