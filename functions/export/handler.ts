import { randomUUID } from 'node:crypto';
import { compose } from '../../shared/composition/compose.ts';
import { exportQueue } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { rates } from '../../shared/composition/rates.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now, policy } from '../../shared/composition/settings.ts';
import { consent, exportFiles, exportRequests } from '../../shared/composition/stores.ts';
import { requestExport } from '../../shared/export/request-export.ts';
import { frameHandler } from '../../shared/handlers/frame-handler.ts';
import { exportFrame } from '../../shared/protocol/export/frames.ts';

const parts = compose({
  exports: exportRequests,
  files: exportFiles,
  jobs: exportQueue,
  retention: ifMessagesStored(messageRetention),
  consent,
  policy,
  rates,
  now,
});
const deps = { ...parts, randomId: randomUUID };

export const handler = frameHandler(
  { schema: exportFrame, policy: deps.policy, rates: deps.rates, consent: deps.consent },
  async ({ part }, { identity }) => requestExport(deps, identity.userId, 'user', part),
);
