import { newZipKey, openUpload, zipKeys, zipPrefix } from '../stores/privacy/export-file-keys.ts';
import type { ExportFileStore } from '../stores/privacy/export-file-store.ts';
import { type ExportJob, type ExportRequest, zipLifeMillis } from '../stores/privacy/export-request.ts';
import type { ExportStore, Progress } from '../stores/privacy/export-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { epochMillis } from '../time.ts';
import type { Exporters } from './exporters.ts';
import { type HandOutExportDeps, handOutExport, isWanted } from './hand-out-export.ts';
import { dropUpload, removeExport } from './remove-export.ts';
import { type UploadZipDeps, uploadZip } from './upload-zip.ts';
import { type WriteZipOptions, writeZip } from './write-zip.ts';

export type WriteExportDeps = HandOutExportDeps &
  UploadZipDeps &
  Pick<WriteZipOptions, 'isOver'> & {
    readonly exports: Pick<ExportStore, 'read' | 'take' | 'advance' | 'remove'>;
    readonly files: ExportFileStore;
    readonly exporters: Exporters;
    readonly jobs: JobQueue<ExportJob>;
    readonly randomId: () => string;
  };

/**
 * Writes one zip, all there is unless the time runs out: then the rest goes into a further one. May be repeated at
 * any step: what is finished is not written again, what is half written is begun anew.
 */
export async function writeExport(deps: WriteExportDeps, { userId, requestId }: ExportJob): Promise<void> {
  const request = await deps.exports.read(userId);
  if (request?.requestId !== requestId) {
    // The delivery before may have died with a zip that nothing leads to.
    for (const key of await deps.files.list(zipPrefix({ requestId }))) await deps.files.remove(key);
    return;
  }
  if (request.state === 'ready') return handOutExport(deps, request);
  if (!(await isWanted(deps, request))) {
    await removeExport(deps, request);
    return;
  }
  const progress = await writePart(deps, request);
  if (progress === undefined) return;
  if ('place' in progress) return deps.jobs.add({ userId, requestId });
  // Read anew: who asked for it may have changed.
  const ready = await deps.exports.read(userId);
  if (ready?.requestId === requestId) await handOutExport(deps, ready);
}

/** Undefined when somebody else has the export by now, or nobody. */
async function writePart(deps: WriteExportDeps, request: ExportRequest): Promise<Progress | undefined> {
  const key = newZipKey(request, request.parts + 1, deps.randomId());
  const upload = await deps.files.begin(key);
  if (!(await deps.exports.take(request, upload))) {
    await deps.files.abort(upload);
    return undefined;
  }
  const before = openUpload(request);
  if (before !== undefined) await dropUpload(deps, before);
  const now = deps.now();
  const until = epochMillis(now + zipLifeMillis);
  const { place, earliestEnd, earliestSent } = await uploadZip(deps, upload, new Date(now), (zip) =>
    writeZip(zip, request, { exporters: deps.exporters, until, isOver: deps.isOver }),
  );
  const parts = request.parts + 1;
  const end = place === undefined ? { readableUntil: until } : { place };
  const partEnds = [...noted(request, request.partEnds), earliestEnd ?? null];
  const partStarts = [...noted(request, request.partStarts), earliestSent ?? null];
  const progress: Progress = {
    ...{ parts, partEnds, partStarts, zipKeys: [...zipKeys(request), key] },
    ...{ updatedAt: deps.now(), ...end },
  };
  if (await deps.exports.advance(request, upload.uploadId, progress)) return progress;
  await deps.files.remove(key);
  return undefined;
}

/** What an earlier release has written says nothing of it, and was short enough to be read whole. */
const noted = <Time>(
  { parts }: ExportRequest,
  times: readonly (Time | null)[] = [],
): readonly (Time | null)[] => Array.from({ length: parts }, (_, index) => times[index] ?? null);
