import type { AskRetention } from '../stores/expiry/retention.ts';
import type { MediaVariantName } from '../stores/media/media-objects.ts';
import type { DecisionRecord, Report, Reporter } from '../stores/reports/report.ts';
import type { ReportObjectStore } from '../stores/reports/report-object-store.ts';
import type { ReportReadStore } from '../stores/reports/report-read-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { decisionOf } from './decide-report.ts';
import { isOpen } from './report-message.ts';

export type ShowReportDeps = {
  readonly reports: ReportReadStore;
  readonly objects: Pick<ReportObjectStore, 'url'>;
  readonly reportRetention: AskRetention;
  readonly now: Clock;
};

/** Fetched by anybody who has it, until then. */
export type MediaAddress = {
  readonly variant: MediaVariantName;
  readonly url: string;
  readonly expiresAt: EpochSeconds;
};

export type ShownReport =
  | ({ readonly state: 'decided' } & DecisionRecord)
  | ({
      readonly state: 'open';
      readonly reporters: readonly Reporter[];
      readonly media: readonly MediaAddress[];
    } & Pick<
      Report,
      'reportId' | 'conversationId' | 'seq' | 'from' | 'message' | 'openedAt' | 'expiresAt' | 'reasons'
    > & {
        /** All that are counted, also those who have erased their accounts since. */
        readonly count: number;
        /** Its media is still being copied. */
        readonly isCopying: boolean;
      });

/** Time to look at it. */
const addressSeconds = 600;

/** What a moderator decides upon, while it may be read; of what is decided what is known of it. */
export async function showReport(deps: ShowReportDeps, reportId: string): Promise<ShownReport | undefined> {
  const report = await deps.reports.read(reportId);
  if (report === undefined || !isOpen(report, await deps.reportRetention())) {
    const record = await decisionOf(deps, reportId);
    return record && { state: 'decided', ...record };
  }
  const { conversationId, seq, from, message, openedAt, expiresAt, reasons } = report;
  return {
    state: 'open',
    ...{ reportId, conversationId, seq, from, message, openedAt, expiresAt, reasons },
    count: report.reporters,
    reporters: await deps.reports.reporters(reportId),
    isCopying: report.state === 'copying',
    media: await addresses(deps, report),
  };
}

/** None works past the end of the report. */
async function addresses(
  { objects, now }: ShowReportDeps,
  { copyId, media = [], expiresAt: end }: Report,
): Promise<readonly MediaAddress[]> {
  const from = epochSeconds(now());
  const expiresAt = Math.min(end, from + addressSeconds) as EpochSeconds;
  return Promise.all(
    media.map(async (variant) => ({
      variant,
      url: await objects.url(copyId, variant, from, expiresAt),
      expiresAt,
    })),
  );
}
