import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { endingOfReports } from '../../shared/composition/reports.ts';
import { reportRetention } from '../../shared/composition/retention.ts';
import { knownReport } from '../../shared/handlers/known-report.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { decideReport } from '../../shared/reports/decide-report.ts';
import { reportIdSchema } from '../../shared/reports/report-id.ts';

const deps = compose({ ...endingOfReports, reportRetention });

export const handler = operatorHandler(
  {
    command: 'report decide',
    schema: z.strictObject({ reportId: reportIdSchema, decision: z.enum(['keep', 'remove']) }),
    subject: ({ reportId }) => reportId,
  },
  async ({ reportId, decision }) => knownReport(await decideReport(deps, reportId, decision)),
);
