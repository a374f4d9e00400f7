import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { reportRetention } from '../../shared/composition/retention.ts';
import { now } from '../../shared/composition/settings.ts';
import { readReports, reportObjects } from '../../shared/composition/stores.ts';
import { knownReport } from '../../shared/handlers/known-report.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { reportIdSchema } from '../../shared/reports/report-id.ts';
import { showReport } from '../../shared/reports/show-report.ts';

const deps = compose({ reports: readReports, objects: reportObjects, reportRetention, now });

export const handler = operatorHandler(
  {
    command: 'report show',
    schema: z.strictObject({ reportId: reportIdSchema }),
    subject: ({ reportId }) => reportId,
  },
  async ({ reportId }) => knownReport(await showReport(deps, reportId)),
);
