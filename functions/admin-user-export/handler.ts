import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { requestExport } from '../../shared/export/request-export.ts';
import { operatorHandler } from '../../shared/handlers/operator-handler.ts';
import { exportFrame } from '../../shared/protocol/export/frames.ts';
import { userId } from '../../shared/protocol/values.ts';
import { documentClient, objectClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnvironment } from '../../shared/runtime/read-environment.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnvironment('privacyTable', 'exportBucket', 'exportQueueUrl');
const deps = {
  exports: exportStore(documentClient(), env.privacyTable),
  files: exportFileStore(objectClient(), env.exportBucket),
  jobs: jobQueue(queueClient(), env.exportQueueUrl),
  now: systemClock,
  randomId: randomUUID,
};

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
