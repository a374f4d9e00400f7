import type { Metrics } from '../runtime/metrics.ts';
import type { ExportJob, ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import type { Clock } from '../time.ts';
import { type RemoveExportDeps, removeExport } from './remove-export.ts';

export type TendExportsDeps = RemoveExportDeps & {
  readonly exports: Pick<ExportStore, 'list' | 'touch' | 'remove'>;
  readonly jobs: JobQueue<ExportJob>;
  readonly metrics: Metrics;
  readonly now: Clock;
};

/** Longer than a function may run: nobody works on what has not got on for so long, or its job was lost. */
const stuckMillis = 20 * 60_000;
const givenUpMillis = 3 * 86_400_000;

/** Each waits for several calls of S3. */
const atOnce = 25;

/**
 * Deletes the zips whose time is over, and puts what lies too long into the queue again. One that cannot be deleted keeps none of
 * the others. Measures how long the oldest that is left should have been gone, and how long the oldest has not been written.
 */
export async function tendExports(deps: TendExportsDeps): Promise<void> {
  const requests = await deps.exports.list();
  const failures: unknown[] = [];
  let overdue = 0;
  let open = 0;
  for (let from = 0; from < requests.length; from += atOnce) {
    const some = requests.slice(from, from + atOnce).map(async (request) => {
      const age = secondsSince(deps, request.requestedAt);
      if (request.readableUntil === undefined) open = Math.max(open, age);
      try {
        await tend(deps, request);
      } catch (error) {
        overdue = Math.max(overdue, secondsSince(deps, endOf(request)));
        failures.push(error);
      }
    });
    await Promise.all(some);
  }
  deps.metrics.put({ OldestOverdueExportAge: overdue, OldestOpenExportAge: open });
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} exports are left to the next run`);
}

const secondsSince = ({ now }: Pick<TendExportsDeps, 'now'>, at: number): number =>
  Math.max(0, Math.floor((now() - at) / 1000));

const endOf = ({ readableUntil, requestedAt }: ExportRequest): number =>
  readableUntil ?? requestedAt + givenUpMillis;

async function tend(deps: TendExportsDeps, request: ExportRequest): Promise<void> {
  const { userId, requestId, updatedAt, readableUntil } = request;
  const now = deps.now();
  if (endOf(request) <= now) {
    await removeExport(deps, request);
    return;
  }
  if (readableUntil !== undefined || now - updatedAt < stuckMillis) return;
  if (await deps.exports.touch(request, now)) await deps.jobs.add({ userId, requestId });
}
