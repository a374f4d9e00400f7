import { type Mutant, mutantsOf } from '../mutant.ts';

const model = 'test/shared/reports/report.model.test.ts';

/** What is reported is kept until it is decided or over, and nobody whom it is about learns of it. */
export const reports: readonly Mutant[] = [
  ...mutantsOf(
    'shared/reports/end-report.ts',
    [model],
    [
      [
        'the copies of media outlive the decision',
        'if (isMediaContent(report.message.content)) await deps.objects.remove(copyId);',
        '',
      ],
      [
        'a legal hold does not keep what is decided',
        'if (isOnHold(holds, from, conversationId)) {',
        'if (false) {',
      ],
      [
        'whoever still copies puts it where nobody looks',
        'return copyingSince !== undefined &&',
        'return false &&',
      ],
      [
        'the message that is to be taken away stays',
        "report.decision === 'remove'",
        "report.decision === 'keep'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/reports/report-message.ts',
    [model],
    [
      [
        'it is acked before the copy of the media is there',
        '  await copyMedia(deps, report);\n  return true;',
        '  void copyMedia;\n  return true;',
      ],
      ['one’s own messages can be reported', 'message.from === userId ||', ''],
      [
        'whoever comes after a hundred is written down',
        'report.reporters < mostReporters',
        'report.reporters > 0',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/erase-personal.ts',
    [model],
    [
      [
        'what is reported while the account is erased names its reporter',
        'if (reported.length > 0) await reporters?.forget(userId, reported);',
        '',
      ],
    ],
  ),
  ...mutantsOf(
    'shared/erasure/receipt.ts',
    ['test/e2e/report.test.ts', 'test/shared/erasure/receipt.test.ts'],
    [
      [
        'the receipt says of reports what it says of what is gone',
        "isReported && target.scope !== 'profile'",
        "isReported && target.scope === 'profile'",
      ],
    ],
  ),
  ...mutantsOf(
    'shared/reports/show-report.ts',
    ['test/e2e/report.test.ts'],
    [
      [
        'what is over is shown to moderators',
        'report === undefined || !isOpen(report, await deps.reportRetention())',
        "report === undefined || report.state === 'ending'",
      ],
    ],
  ),
];
