import type { AskRetention } from '../stores/expiry/retention.ts';
import { type DecisionRecord, decisionSeconds, type ReportDecision } from '../stores/reports/report.ts';
import type { ReportEndStore } from '../stores/reports/report-end-store.ts';
import type { ReportReadStore } from '../stores/reports/report-read-store.ts';
import { type EndReportDeps, endReport } from './end-report.ts';
import { isOpen } from './report-message.ts';

export type DecideReportDeps = EndReportDeps & {
  readonly reports: Pick<ReportEndStore, 'readDecision' | 'beginEnding'>;
  readonly reportRetention: AskRetention;
};

/** `isRepeat`: it was decided before, and this is what was decided then. */
export type Decided = DecisionRecord & { readonly isRepeat: boolean };

/** Two decide at once: the first decision is the one. */
const attempts = 3;

/** Ends the copy, and with `remove` the message. Undefined where there is nothing to decide upon. */
export async function decideReport(
  deps: DecideReportDeps,
  reportId: string,
  decision: ReportDecision,
): Promise<Decided | undefined> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const earlier = await decisionOf(deps, reportId);
    if (earlier !== undefined) {
      await endReport(deps, reportId);
      return { ...earlier, isRepeat: true };
    }
    const report = await deps.reports.read(reportId);
    if (report === undefined || !isOpen(report, await deps.reportRetention())) return undefined;
    const { conversationId, seq, openedAt, reporters, reasons } = report;
    const decidedAt = deps.now();
    const record = { reportId, conversationId, seq, decision, decidedAt, openedAt, reporters, reasons };
    if (!(await deps.reports.beginEnding(report, decidedAt, record))) continue;
    await endReport(deps, reportId);
    return { ...record, isRepeat: false };
  }
  return undefined;
}

/** What is known of a decision while it is. */
export async function decisionOf(
  { reports, now }: { readonly reports: Pick<ReportReadStore, 'readDecision'> } & Pick<EndReportDeps, 'now'>,
  reportId: string,
): Promise<DecisionRecord | undefined> {
  const record = await reports.readDecision(reportId);
  return record !== undefined && record.decidedAt + decisionSeconds * 1000 > now() ? record : undefined;
}
