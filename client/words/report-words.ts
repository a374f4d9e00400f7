import { type ReportReason, reportReasons } from '../../shared/protocol/safety/report-reasons.ts';

/** The reasons as a person chooses among them. */
export const reasonWords: Readonly<Record<ReportReason, string>> = {
  spam: 'It is spam',
  abuse: 'It insults, threatens or harasses somebody',
  illegal: 'It is against the law',
  other: 'Something else',
};

export const reportReasonList: readonly ReportReason[] = reportReasons;

/** What whoever has reported something is told. */
export const reportedWords =
  'It is reported. A copy is kept until somebody has looked at it; nobody in the chat is told.';
