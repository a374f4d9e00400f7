import type { ExportLink } from '../protocol/export/table.ts';
import { type AskRetention, type Retention, retentionEnd } from '../stores/expiry/retention.ts';
import { zipKey } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';

/** A quarter of an hour. */
const linkSeconds = 900;

export type ExportLinkDeps = {
  readonly files: Pick<ExportFileStore, 'presign'>;
  /** Of messages; undefined where they are not stored. */
  readonly retention: AskRetention | undefined;
  readonly now: Clock;
};

/**
 * Where a zip can be fetched from, and until when; undefined: there is no such zip, or no longer. A zip whose export took
 * long is as old as that, and the policy may be another one by now: once something in it has ended, nobody gets it any more.
 */
export async function exportLink(
  deps: ExportLinkDeps,
  request: ExportRequest,
  part: number,
): Promise<ExportLink | undefined> {
  const { parts, readableUntil } = request;
  if (readableUntil === undefined || part > parts) return undefined;
  const ruling = await deps.retention?.();
  const from = epochSeconds(ruling?.now ?? deps.now());
  const end = endOf(request, part, ruling);
  const expiresAt = Math.min(from + linkSeconds, epochSeconds(readableUntil), end) as EpochSeconds;
  if (expiresAt <= from) return undefined;
  const url = await deps.files.presign(zipKey(request, part), from, expiresAt);
  return { url, expiresAt, parts };
}

/** By what was noted when it was written, and by the policy of now. */
function endOf(
  { partEnds, partStarts }: ExportRequest,
  part: number,
  retention: Retention | undefined,
): number {
  const noted = partEnds?.[part - 1] ?? Number.POSITIVE_INFINITY;
  const start = partStarts?.[part - 1] ?? undefined;
  if (start === undefined || retention === undefined) return noted;
  return Math.min(noted, retentionEnd(start, retention));
}
