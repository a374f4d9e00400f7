import { openUpload, zipPrefix } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore, Upload } from '../stores/privacy/export-file-store.ts';
import type { ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';

export type RemoveExportDeps = {
  readonly exports: Pick<ExportStore, 'remove'>;
  readonly files: Pick<ExportFileStore, 'abort' | 'list' | 'remove'>;
};

/**
 * The record goes last, so that what is left by a crash is still found, and only as it was read: a worker that gets on meanwhile
 * would leave a zip to which nothing leads. Resolves to how many zips there were.
 */
export async function removeExport(deps: RemoveExportDeps, request: ExportRequest): Promise<number> {
  let removed = 0;
  let left: ExportRequest | undefined = request;
  while (left !== undefined) {
    const upload = openUpload(left);
    if (upload !== undefined) await dropUpload(deps, upload);
    const keys = await deps.files.list(zipPrefix(left));
    for (const key of keys) await deps.files.remove(key);
    removed += keys.length;
    left = await deps.exports.remove(left);
  }
  return removed;
}

/** Of whoever may still write it, or has finished it and come no further. */
export async function dropUpload(
  { files }: { readonly files: Pick<ExportFileStore, 'abort' | 'remove'> },
  upload: Upload,
): Promise<void> {
  await files.abort(upload);
  await files.remove(upload.key);
}
