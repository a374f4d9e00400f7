import type { Metrics } from '../runtime/metrics.ts';
import type { ExportJob, ExportRequest } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import { goAround, type LapDeps } from '../stores/privacy/lap.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type RemoveExportDeps, removeExport } from './remove-export.ts';

export type TendExportsDeps = RemoveExportDeps &
  LapDeps & {
    readonly exports: Pick<ExportStore, 'each' | 'touch' | 'remove'>;
    readonly jobs: JobQueue<ExportJob>;
    readonly metrics: Metrics;
  };

/** Longer than a function may run: nobody works on what has not got on for so long, or its job was lost. */
const stuckMillis = 20 * 60_000;
const givenUpMillis = 3 * 86_400_000;

/** Each waits for several calls of S3. */
const atOnce = 25;

/**
 * Deletes the zips whose time is over, and puts what lies too long into the queue again. One that cannot be deleted keeps none of
 * the others. A run that has to end leaves its place to the next one. Measures how long the oldest that is left should have been gone,
 * and how long the oldest has not been written.
 */
export async function tendExports(deps: TendExportsDeps): Promise<void> {
  const failures: unknown[] = [];
  let overdue = 0;
  const tendOne = async (request: ExportRequest): Promise<number> => {
    try {
      await tend(deps, request);
    } catch (error) {
      overdue = Math.max(overdue, secondsSince(deps, endOf(request)));
      failures.push(error);
    }
    return request.readableUntil === undefined ? secondsSince(deps, request.requestedAt) : 0;
  };
  const open = await goAround<readonly ExportRequest[]>(deps, {
    name: 'exports',
    each: (after) => inGroups(deps.exports.each(after), atOnce),
    keyOf: (group) => group.at(-1)?.userId ?? '',
    tend: async (group) => Math.max(...(await Promise.all(group.map(tendOne)))),
  });
  deps.metrics.put({ OldestOverdueExportAge: overdue, OldestOpenExportAge: open });
  if (failures.length > 0)
    throw new AggregateError(failures, `${failures.length} exports are left to the next run`);
}

async function* inGroups<Item>(items: AsyncIterable<Item>, size: number): AsyncIterable<readonly Item[]> {
  let group: Item[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
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
