import middy from '@middy/core';
import { compose, merged } from '../../shared/composition/compose.ts';
import { endingOfReports } from '../../shared/composition/reports.ts';
import { reportRetention } from '../../shared/composition/retention.ts';
import { log, metrics } from '../../shared/composition/settings.ts';
import {
  endingReports,
  listedReports,
  mediaPlaces,
  reportCopies,
  reports,
} from '../../shared/composition/stores.ts';
import { sweepReports } from '../../shared/reports/sweep-reports.ts';
import { errorName } from '../../shared/runtime/error-name.ts';

const parts = compose({
  ...endingOfReports,
  reports: merged(reports, endingReports),
  objects: reportCopies,
  locate: mediaPlaces,
  list: listedReports,
  reportRetention,
  metrics,
  log,
});
const deps = {
  ...parts,
  onFailure: (error: unknown) => parts.log.error('report sweep failed', { errorName: errorName(error) }),
};

/** What the last copy of a large film, the row and the metric need before the function is cut off. */
const marginMillis = 20_000;

export const handler = middy().handler(async (_event, context) => {
  const isOver = () => context.getRemainingTimeInMillis() < marginMillis;
  const { ended, failures, overdueSeconds, waitingSeconds } = await sweepReports({ ...deps, isOver });
  deps.metrics.put({
    OldestOverdueReportAge: overdueSeconds,
    // A metric costs by the hour in which it is emitted: where nobody reports anything there is one.
    ...(ended > 0 && { ReportsEnded: ended }),
    ...(failures > 0 && { ReportSweepFailures: failures }),
    ...(waitingSeconds > 0 && { OldestOpenReportAge: waitingSeconds }),
  });
});
