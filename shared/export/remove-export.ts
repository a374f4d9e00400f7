import { zipKey, zipPrefix } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';

export type RemoveExportDeps = {
  readonly exports: Pick<ExportStore, 'remove'>;
  readonly files: Pick<ExportFileStore, 'abort' | 'list' | 'remove'>;
};

/** The record goes last, so that what is left by a crash is still found. Resolves to how many zips there were. */
export async function removeExport(deps: RemoveExportDeps, request: ExportRequest): Promise<number> {
  const { uploadId, parts } = request;
  if (uploadId !== undefined) await deps.files.abort({ key: zipKey(request, parts + 1), uploadId });
  const keys = await deps.files.list(zipPrefix(request));
  for (const key of keys) await deps.files.remove(key);
  await deps.exports.remove(request);
  return keys.length;
}
