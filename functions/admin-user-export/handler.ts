import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { compose } from '../../shared/composition/compose.ts';
import { exportQueue } from '../../shared/composition/gateways.ts';
import { ifMessagesStored } from '../../shared/composition/modes.ts';
import { messageRetention } from '../../shared/composition/retention.ts';
import { now } from '../../shared/composition/settings.ts';
import { exportFiles, exportRequests } from '../../shared/composition/stores.ts';
import { requestExport } from '../../shared/export/request-export.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { exportFrame } from '../../shared/protocol/export/frames.ts';
import { userId } from '../../shared/protocol/values.ts';

const parts = compose({
  exports: exportRequests,
  files: exportFiles,
  jobs: exportQueue,
  retention: ifMessagesStored(messageRetention),
  now,
});
const deps = { ...parts, randomId: randomUUID };

export const handler = operatorHandler(
  {
    command: 'user export',
    schema: z.strictObject({ userId, part: exportFrame.shape.part }),
    subject: (input) => input.userId,
  },
  async (input) => ({
    userId: input.userId,
    ...(await requestExport(deps, input.userId, 'operator', input.part)),
  }),
);
