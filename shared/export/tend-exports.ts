import type { ExportJob, ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import { type RemoveExportDeps, removeExport } from './remove-export.ts';

export type TendExportsDeps = RemoveExportDeps & {
  readonly exports: Pick<ExportStore, 'list' | 'touch' | 'remove'>;
  readonly jobs: JobQueue<ExportJob>;
  readonly now: Clock;
};

/** Longer than a function may run: nobody works on what has not got on for so long, or its job was lost. */
const stuckMillis = 20 * 60_000;
const givenUpMillis = 3 * 86_400_000;

/** Deletes the zips whose time is over, and puts what lies too long into the queue again. */
export async function tendExports(deps: TendExportsDeps): Promise<void> {
  for (const request of await deps.exports.list()) await tend(deps, request);
}

async function tend(deps: TendExportsDeps, request: ExportRequest): Promise<void> {
  const { userId, requestId, requestedAt, updatedAt, readableUntil } = request;
  const now = deps.now();
  if ((readableUntil ?? requestedAt + givenUpMillis) <= now) {
    await removeExport(deps, request);
    return;
  }
  if (readableUntil !== undefined || now - updatedAt < stuckMillis) return;
  if (await deps.exports.touch(request, now)) await deps.jobs.add({ userId, requestId });
}
