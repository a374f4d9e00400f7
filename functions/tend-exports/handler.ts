import middy from '@middy/core';
import { tendExports } from '../../shared/export/tend-exports.ts';
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
};

export const handler = middy().handler(async () => tendExports(deps));
