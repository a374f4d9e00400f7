import { isMediaContent } from '../protocol/messages/media-content.ts';
import type { LocateMedia } from '../stores/media/locate-media.ts';
import type { MediaVariantName } from '../stores/media/media-objects.ts';
import type { Report } from '../stores/reports/report.ts';
import type { ReportObjectStore } from '../stores/reports/report-object-store.ts';
import type { ReportStore } from '../stores/reports/report-store.ts';
import type { Clock } from '../time.ts';

export type CopyMediaDeps = {
  readonly reports: Pick<ReportStore, 'beginCopying' | 'endCopying'>;
  readonly objects: Pick<ReportObjectStore, 'copy'>;
  readonly locate: LocateMedia;
  readonly now: Clock;
};

/** Of a report whose copying was begun by somebody who may be dead. What has gone meanwhile is not there to be copied. */
export async function copyAgain(deps: CopyMediaDeps, report: Report): Promise<void> {
  if (report.state !== 'copying') return;
  if (await deps.reports.beginCopying(report, deps.now())) await copyMedia(deps, report);
}

/** May be repeated, and done by two at once: each puts the same bytes at the same places. */
export async function copyMedia(
  { reports, objects, locate }: Omit<CopyMediaDeps, 'now'>,
  report: Report,
): Promise<void> {
  const { content } = report.message;
  if (report.state !== 'copying' || !isMediaContent(content)) return;
  const { mediaId, media } = content;
  const from = await locate({ conversationId: report.conversationId, mediaId });
  const copied: MediaVariantName[] = [];
  for (const variant of ['original', ...(media.variants ?? [])] as const)
    if (from !== undefined && (await objects.copy(from.key, report.copyId, variant))) copied.push(variant);
  await reports.endCopying(report, copied);
}
