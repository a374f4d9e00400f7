import { zipPrefix } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import { type RemoveExportDeps, removeExport } from './remove-export.ts';

/** The zips of a user, for whoever erases: their names hold no user id, the record of the export leads to them. */
export type ExportObjects = {
  /** Also stops the one that is being written. Resolves to how many there were. */
  remove(userId: string): Promise<number>;
  count(userId: string): Promise<number>;
};

export type ExportObjectsDeps = RemoveExportDeps & {
  readonly exports: Pick<ExportStore, 'read' | 'remove'>;
  readonly files: Pick<ExportFileStore, 'abort' | 'list' | 'remove'>;
};

export function exportObjects(deps: ExportObjectsDeps): ExportObjects {
  return {
    async remove(userId) {
      const request = await deps.exports.read(userId);
      return request === undefined ? 0 : removeExport(deps, request);
    },
    async count(userId) {
      const request = await deps.exports.read(userId);
      return request === undefined ? 0 : (await deps.files.list(zipPrefix(request))).length;
    },
  };
}
