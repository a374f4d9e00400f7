import { openUpload, zipPrefix } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore, Upload } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';

export type RemoveExportDeps = {
  readonly exports: Pick<ExportStore, 'remove'>;
  readonly files: Pick<ExportFileStore, 'abort' | 'list' | 'remove'>;
};

/** The record goes last, so that what is left by a crash is still found. Resolves to how many zips there were. */
export async function removeExport(deps: RemoveExportDeps, request: ExportRequest): Promise<number> {
  const upload = openUpload(request);
  if (upload !== undefined) await deps.files.abort(upload);
  const keys = await deps.files.list(zipPrefix(request));
  for (const key of keys) await deps.files.remove(key);
  await deps.exports.remove(request);
  return keys.length;
}

/** Of whoever may still write it, or has finished it and come no further. */
export async function dropUpload(
  { files }: { readonly files: Pick<ExportFileStore, 'abort' | 'remove'> },
  upload: Upload,
): Promise<void> {
  await files.abort(upload);
  await files.remove(upload.key);
}
