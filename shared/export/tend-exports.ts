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

/** Each waits for several calls of S3. */
const atOnce = 25;

/**
 * Deletes the zips whose time is over, and puts what lies too long into the queue again. One that cannot be deleted keeps none of
 * the others.
 */
export async function tendExports(deps: TendExportsDeps): Promise<void> {
  const requests = await deps.exports.list();
  const failures: unknown[] = [];
  for (let from = 0; from < requests.length; from += atOnce) {
    const some = requests.slice(from, from + atOnce).map(async (request) => tend(deps, request));
    for (const result of await Promise.allSettled(some))
      if (result.status === 'rejected') failures.push(result.reason);
  }
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} exports are left to the next run`);
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
