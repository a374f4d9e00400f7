import type { ExportLink } from '../protocol/export/table.ts';
import { zipKey } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import { type EpochMillis, type EpochSeconds, epochSeconds } from '../time.ts';

/** A quarter of an hour. */
const linkSeconds = 900;

/**
 * Where a zip can be fetched from, and until when; undefined: there is no such zip, or no longer. A zip whose export took
 * long is as old as that: once a message in it has ended, nobody gets it any more.
 */
export async function exportLink(
  files: Pick<ExportFileStore, 'presign'>,
  request: ExportRequest,
  part: number,
  now: EpochMillis,
): Promise<ExportLink | undefined> {
  const { parts, readableUntil, partEnds } = request;
  if (readableUntil === undefined || part > parts) return undefined;
  const from = epochSeconds(now);
  const end = partEnds?.[part - 1] ?? Number.POSITIVE_INFINITY;
  const expiresAt = Math.min(from + linkSeconds, epochSeconds(readableUntil), end) as EpochSeconds;
  if (expiresAt <= from) return undefined;
  const url = await files.presign(zipKey(request, part), from, expiresAt);
  return { url, expiresAt, parts };
}
