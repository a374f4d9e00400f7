import type { ReportedStore } from '../stores/personal/reported-store.ts';
import type { ReporterStore } from '../stores/reports/reporter-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type EraseReportsDeps = {
  readonly reporters: ReporterStore;
  readonly reported: Pick<ReportedStore, 'list'>;
  readonly returnedAt: ReturnedAt;
};

const pageSize = 25;

/**
 * Who has reported something: the report no longer says so. What they have for themselves leads there, and goes after it. Of what
 * others have reported of theirs nothing goes before it is decided or over, and nothing here says whether there is any.
 */
export function eraseReports({ reporters, reported, returnedAt }: EraseReportsDeps): Eraser {
  return async (request, _askHolds, after) => {
    if (request.target.scope !== 'account' || (await returnedAt(request)) !== undefined) return emptyTally;
    const { reported: rows, next } = await reported.list(request.userId, pageSize, after);
    const ids = rows.map(({ reportId }) => reportId);
    const deleted = await reporters.count(request.userId, ids);
    await reporters.forget(request.userId, ids);
    const found = await reporters.count(request.userId, ids);
    return { deleted, found, held: 0, ...(next !== undefined && { after: next }) };
  };
}
