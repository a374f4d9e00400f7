import { isReadable } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import { decisionSeconds } from '../stores/reports/report.ts';
import type { ListedReport, ListPlace, ReportListStore } from '../stores/reports/report-list-store.ts';

export type ListReportsDeps = {
  readonly list: Pick<ReportListStore, 'page'>;
  readonly reportRetention: AskRetention;
};

export type ReportPage = { readonly reports: readonly ListedReport[]; readonly next?: ListPlace };

const pageSize = 50;

/** What waits for a decision, oldest first, or what was decided, newest first. A page may hold fewer where some are over. */
export async function listReports(
  { list, reportRetention }: ListReportsDeps,
  state: 'open' | 'decided',
  after?: ListPlace,
): Promise<ReportPage> {
  const newestFirst = state === 'decided';
  const place = after !== undefined && { after };
  const { reports, next } = await list.page(state, { limit: pageSize, newestFirst, ...place });
  const retention = await reportRetention();
  const isKnown = ({ at, openedAt, expiresAt }: ListedReport) =>
    state === 'decided'
      ? at + decisionSeconds * 1000 > retention.now
      : isReadable({ sentAt: openedAt, expiresAt }, retention);
  return { reports: reports.filter(isKnown), ...(next !== undefined && { next }) };
}
