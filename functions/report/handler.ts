import { compose } from '../../shared/composition/compose.ts';
import { rates } from '../../shared/composition/rates.ts';
import { policy, reportSeconds } from '../../shared/composition/settings.ts';
import { consent } from '../../shared/composition/stores.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { ProtocolError } from '../../shared/protocol/errors.ts';
import { reportFrame } from '../../shared/protocol/safety/frames.ts';
import { reportMessage } from '../../shared/reports/report-message.ts';
import { keptReports } from './kept-reports.ts';

const deps = compose({ policy, rates, consent, reportSeconds });
const reports = deps.reportSeconds > 0 ? keptReports() : undefined;

export const handler = frameHandler(
  {
    schema: reportFrame,
    policy: deps.policy,
    rates: deps.rates,
    consent: deps.consent,
    readsMeanwhile: true,
  },
  async (frame, { identity: { userId }, consented }) => {
    if (reports === undefined) throw new ProtocolError('NOT_STORED');
    return reportMessage({ ...reports, consented }, userId, frame);
  },
);
