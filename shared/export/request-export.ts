import { ProtocolError } from '../protocol/errors.ts';
import type { ExportResult } from '../protocol/export/table.ts';
import type { ExportJob, ExportRequest, RequestedBy } from '../stores/privacy/export-request.ts';
import type { ExportStore } from '../stores/privacy/export-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type ExportLinkDeps, exportLink } from './export-link.ts';

export type RequestExportDeps = ExportLinkDeps & {
  readonly exports: Pick<ExportStore, 'read' | 'create' | 'addRequester'>;
  readonly jobs: JobQueue<ExportJob>;
  readonly randomId: () => string;
};

/** A user has one export at a time: while there is one it is the answer, once it is ready with the address of a zip. */
export async function requestExport(
  deps: RequestExportDeps,
  userId: string,
  requester: RequestedBy,
  part = 1,
): Promise<ExportResult> {
  const open = await deps.exports.read(userId);
  if (open === undefined) return begin(deps, userId, requester);
  if (!open.requestedBy.has(requester) && !(await deps.exports.addRequester(open, requester)))
    throw new ProtocolError('CONFLICT');
  const { requestId, state, parts } = open;
  if (state === 'accepted') return { requestId, state };
  if (part > parts) throw new ProtocolError('NOT_FOUND');
  const link = await exportLink(deps, open, part);
  // Its time is over and its files are about to go: then there can be another one.
  if (link === undefined) throw new ProtocolError('RATE_LIMITED');
  return { requestId, state, ...link };
}

async function begin(deps: RequestExportDeps, userId: string, requester: RequestedBy): Promise<ExportResult> {
  const now = deps.now();
  const request: ExportRequest = {
    userId,
    requestId: deps.randomId(),
    requestedBy: new Set([requester]),
    requestedAt: now,
    updatedAt: now,
    state: 'accepted',
    parts: 0,
  };
  // Somebody else has asked in the same instant: repeated, this finds theirs.
  if (!(await deps.exports.create(request))) throw new ProtocolError('CONFLICT');
  await deps.jobs.add({ userId, requestId: request.requestId });
  return { requestId: request.requestId, state: 'accepted' };
}
