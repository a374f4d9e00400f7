import { isReadable } from '../stores/expiry/expiry.ts';
import { type AskRetention, begunBefore, type RetentionAt } from '../stores/expiry/retention.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { copyingSeconds, decisionSeconds } from '../stores/reports/report.ts';
import type { ReportEndStore } from '../stores/reports/report-end-store.ts';
import type { ListedState, ReportListStore, SweptReport } from '../stores/reports/report-list-store.ts';
import { type EpochMillis, epochMillis } from '../time.ts';
import { type CopyMediaDeps, copyAgain } from './copy-media.ts';
import { type EndReportDeps, endReport } from './end-report.ts';

export type SweepReportsDeps = EndReportDeps &
  CopyMediaDeps & {
    readonly reports: Pick<
      ReportEndStore,
      'readDecision' | 'beginEnding' | 'holdOn' | 'removeHeld' | 'removeDecision'
    >;
    readonly list: ReportListStore;
    readonly reportRetention: AskRetention;
    /** True once the run has to end. */
    readonly isOver: () => boolean;
    readonly onFailure: (error: unknown) => void;
  };

export type SweptReports = {
  readonly ended: number;
  readonly failures: number;
  /** For how many seconds the oldest that is over is still there without a hold. */
  readonly overdueSeconds: number;
  /** Since how many seconds the oldest one waits for a moderator. */
  readonly waitingSeconds: number;
};

/** So long what a hold keeps is left alone: about a run. */
const heldSeconds = 240;

/** Each one's trouble is not the others': what fails is late, and is tried again in the next run. */
export async function sweepReports(deps: SweepReportsDeps): Promise<SweptReports> {
  const retention = await deps.reportRetention();
  const { now } = retention;
  const counts = { ended: 0, failures: 0, overdueSeconds: 0 };
  const before = (seconds: number) => epochMillis(now - seconds * 1000);

  await each('ending', now, async ({ reportId }) => endReport(deps, reportId));
  await each('copying', before(copyingSeconds), async (row) => finishCopying(deps, row, retention));
  await each('open', begunBefore(retention, now), async (row) => end(deps, row, retention));
  await each('held', before(heldSeconds), async (row) => lookAtHeld(deps, row));
  await each('decided', before(decisionSeconds), async (row) => forgetDecision(deps, row));
  const { reports: oldest } = await deps.list.page('open', { limit: 1, newestFirst: false });
  const waiting = oldest.map(({ openedAt }) => Math.floor((now - openedAt) / 1000));
  return { ...counts, waitingSeconds: Math.max(0, ...waiting) };

  /** `work` answers whether the row was over and has gone. */
  async function each(
    state: ListedState,
    at: EpochMillis,
    work: (row: SweptReport) => Promise<boolean>,
  ): Promise<void> {
    for await (const row of deps.list.until(state, at)) {
      if (deps.isOver()) return late(row);
      try {
        if (await work(row)) counts.ended += 1;
      } catch (error) {
        counts.failures += 1;
        deps.onFailure(error);
        late(row);
      }
    }
  }

  function late({ state, at, expiresAt }: SweptReport): void {
    const since = { ending: at, decided: at + decisionSeconds * 1000 }[state as string] ?? expiresAt * 1000;
    counts.overdueSeconds = Math.max(counts.overdueSeconds, Math.floor((now - since) / 1000));
  }
}

/** By its stamp, or by a shorter keep since. */
async function end(
  deps: SweepReportsDeps,
  { reportId, openedAt: sentAt, expiresAt }: SweptReport,
  retention: RetentionAt,
): Promise<boolean> {
  if (isReadable({ sentAt, expiresAt }, retention)) return false;
  const report = await deps.reports.read(reportId);
  // The index comes late: it may be another one of the same message by now.
  if (report === undefined || isReadable({ sentAt: report.openedAt, expiresAt: report.expiresAt }, retention))
    return false;
  await deps.reports.beginEnding(report, deps.now());
  return endReport(deps, reportId);
}

/** Nobody was told that it is kept; whoever reported it may never ask again. */
async function finishCopying(
  deps: SweepReportsDeps,
  row: SweptReport,
  retention: RetentionAt,
): Promise<boolean> {
  if (!isReadable({ sentAt: row.openedAt, expiresAt: row.expiresAt }, retention))
    return end(deps, row, retention);
  const report = await deps.reports.read(row.reportId);
  if (report !== undefined) await copyAgain(deps, report);
  return false;
}

/** Held or not: what an erasure or the end of the report would have taken goes once no hold keeps it. */
async function lookAtHeld(
  { holds, objects, reports, now }: SweepReportsDeps,
  { reportId, conversationId, from = '', copyId = '' }: SweptReport,
): Promise<boolean> {
  const held = { reportId, copyId, conversationId, from };
  if (isOnHold(await holds.among({ users: [from], conversations: [conversationId] }), from, conversationId)) {
    await reports.holdOn(held, now());
    return false;
  }
  await objects.remove(copyId);
  await reports.removeHeld(held);
  return true;
}

async function forgetDecision(
  { reports }: SweepReportsDeps,
  { reportId, at: decidedAt }: SweptReport,
): Promise<boolean> {
  return reports.removeDecision({ reportId, decidedAt });
}
