import middy from '@middy/core';
import { tendExports } from '../../shared/export/tend-exports.ts';
import { documentClient, objectClient, queueClient } from '../../shared/runtime/aws-clients.ts';
import { readEnv } from '../../shared/runtime/env.ts';
import { exportFileStore } from '../../shared/stores/privacy/export-file-store.ts';
import { exportStore } from '../../shared/stores/privacy/export-store.ts';
import { jobQueue } from '../../shared/stores/queue/job-queue.ts';
import { systemClock } from '../../shared/time.ts';

const env = readEnv('PRIVACY_TABLE', 'EXPORT_BUCKET', 'EXPORT_QUEUE_URL');
const deps = {
  exports: exportStore(documentClient(), env.PRIVACY_TABLE),
  files: exportFileStore(objectClient(), env.EXPORT_BUCKET),
  jobs: jobQueue(queueClient(), env.EXPORT_QUEUE_URL),
  now: systemClock,
};

export const handler = middy().handler(async () => tendExports(deps));
