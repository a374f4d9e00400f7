import type { MessageContent } from '../../protocol/messages/table.ts';
import { reportReasons } from '../../protocol/safety/report-reasons.ts';
import type { EpochSeconds } from '../../time.ts';
import { withEnd, withLaterTimeToLive } from '../dynamodb/time-to-live.ts';
import { fromStoredContent, toStoredContent } from '../messages/stored-content.ts';
import {
  type DecisionRecord,
  decisionSeconds,
  type ReasonCounts,
  type Report,
  reportSlackSeconds,
} from './report.ts';

export type Item = Readonly<Record<string, unknown>>;

const reporterPrefix = 'by#';
const heldPrefix = 'held#';

export const reportKey = (reportId: string) => ({ reportId, entry: 'report' });
export const decisionKey = (reportId: string) => ({ reportId, entry: 'decision' });
export const reporterKey = (reportId: string, userId: string) => ({
  reportId,
  entry: `${reporterPrefix}${userId}`,
});
/** What a legal hold keeps of a report that is over: under a key of its own, since the message may be reported again. */
export const heldKey = ({ reportId, copyId }: Pick<Report, 'reportId' | 'copyId'>) => ({
  reportId,
  entry: `${heldPrefix}${copyId}`,
});

export const reportersOf = {
  prefix: reporterPrefix,
  userIdOf: (entry: string) => entry.slice(reporterPrefix.length),
};

/** The index `byState` sorts by `at`: of what is open since when, of what is ending or decided when that was. */
export function toReportItem({ reasons, ...report }: Report): Item {
  return {
    ...reportKey(report.reportId),
    ...withLaterTimeToLive(report, reportSlackSeconds),
    message: { ...report.message, content: toStoredContent(report.message.content) },
    ...reasons,
    at: report.endedAt ?? report.openedAt,
  };
}

export function toReport(item: Item): Report {
  const { entry: _entry, at: _at, spam: _s, abuse: _a, illegal: _i, other: _o, ...rest } = item;
  const report = withEnd<Report & { readonly expiresAt: EpochSeconds }>(rest);
  const content = fromStoredContent(report.message.content) as MessageContent;
  return { ...report, message: { ...report.message, content }, reasons: reasonsIn(item) };
}

export function toDecisionItem({ reasons, ...record }: DecisionRecord): Item {
  const end = Math.floor(record.decidedAt / 1000) + decisionSeconds;
  return {
    ...decisionKey(record.reportId),
    ...record,
    ...reasons,
    state: 'decided',
    at: record.decidedAt,
    expiresAt: end + reportSlackSeconds,
  };
}

export function toDecision(item: Item): DecisionRecord {
  const { reportId, conversationId, seq, decision, decidedAt, openedAt, reporters } = item as DecisionRecord;
  const ids = { reportId, conversationId, seq };
  return { ...ids, decision, decidedAt, openedAt, reporters, reasons: reasonsIn(item) };
}

export function reasonsIn(item: Item): ReasonCounts {
  return Object.fromEntries(
    reportReasons.map((reason) => [reason, Number(item[reason] ?? 0)]),
  ) as ReasonCounts;
}
