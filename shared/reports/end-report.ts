import type { ErasureTarget } from '../protocol/erasure/erasure-target.ts';
import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { copyingSeconds, type Report } from '../stores/reports/report.ts';
import type { ReportEndStore } from '../stores/reports/report-end-store.ts';
import type { ReportObjectStore } from '../stores/reports/report-object-store.ts';
import type { Clock } from '../time.ts';

export type EndReportDeps = {
  readonly reports: Pick<ReportEndStore, 'read' | 'reporters' | 'forgetReporters' | 'keepHeld' | 'remove'>;
  readonly objects: Pick<ReportObjectStore, 'remove' | 'removeExpiryTag'>;
  readonly messages: Pick<MessageStore, 'headers'>;
  readonly holds: Pick<HoldStore, 'among'>;
  /** The operator's erasure of a message. */
  readonly eraseMessage: (userId: string, target: ErasureTarget) => Promise<unknown>;
  readonly now: Clock;
};

/**
 * What is left to do of a report that is ending, in an order in which a crash at any place leaves the row that leads to the rest.
 * False where somebody may still be copying: the sweeper comes back.
 */
export async function endReport(deps: EndReportDeps, reportId: string): Promise<boolean> {
  // Read after it began to end: nobody begins to copy from then on.
  const report = await deps.reports.read(reportId);
  if (report?.state !== 'ending') return true;
  if (report.decision === 'remove') await eraseReported(deps, report);
  const reporters = await deps.reports.reporters(reportId);
  await deps.reports.forgetReporters(
    reportId,
    reporters.map(({ userId }) => userId),
  );
  if (mayBeCopying(report, deps.now())) return false;
  const { from, conversationId, copyId } = report;
  const holds = await deps.holds.among({ users: [from], conversations: [conversationId] });
  if (isOnHold(holds, from, conversationId)) {
    // Before the row says that it is held: the bucket's expiry is days away, and asks nobody.
    await deps.objects.removeExpiryTag(copyId);
    await deps.reports.keepHeld(report, deps.now());
    return true;
  }
  if (isMediaContent(report.message.content)) await deps.objects.remove(copyId);
  await deps.reports.remove(report);
  return true;
}

function mayBeCopying({ copyingSince }: Report, now: number): boolean {
  return copyingSince !== undefined && copyingSince + copyingSeconds * 1000 > now;
}

/** Unless it has gone already: by its author, by its end, or when this was tried before. */
async function eraseReported(
  { messages, eraseMessage }: EndReportDeps,
  { conversationId, seq, from }: Report,
): Promise<void> {
  const { headers } = await messages.headers(conversationId, { after: seq - 1, before: seq + 1 });
  const [header] = headers;
  if (header?.from !== from || header.tombstonedAt !== undefined) return;
  await eraseMessage(from, { scope: 'message', conversationId, seq });
}
