import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { reportRetention } from '../../shared/composition/retention.ts';
import { listedReports } from '../../shared/composition/stores.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { listReports } from '../../shared/reports/list-reports.ts';
import { reportCursor, writeReportCursor } from '../../shared/reports/report-cursor.ts';

const deps = compose({ list: listedReports, reportRetention });

export const handler = operatorHandler(
  {
    command: 'report list',
    schema: z.strictObject({ state: z.enum(['open', 'decided']), after: reportCursor.optional() }),
  },
  async ({ state, after }) => {
    const { reports, next } = await listReports(deps, state, after);
    return { state, reports, ...(next !== undefined && { next: writeReportCursor(next) }) };
  },
);
