import type { ErasureJob } from '../erasure/erasure-job.ts';
import { mediaProcessor } from '../media/media-processor-gateway.ts';
import { connectionGateway } from '../push/connection-gateway.ts';
import type { Environment } from '../runtime/environment.ts';
import { mediaUrls } from '../stores/media/media-url-gateway.ts';
import { jobQueue } from '../stores/queue/job-queue.ts';
import type { ReactedJob } from '../stores/queue/reacted-job.ts';
import type { ReadReceiptJob } from '../stores/queue/read-receipt-job.ts';
import type { RecentJob } from '../stores/queue/recent-job.ts';
import type { RetryJob } from '../stores/queue/retry-job.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import { managementClient } from './aws-clients.ts';
import { functions, objects, queues } from './clients.ts';
import { connectionsPerUser, metrics, now, policyFingerprint } from './settings.ts';
import { connections } from './stores.ts';

export const gateway = ({ callbackUrl }: Environment) => connectionGateway(managementClient(callbackUrl));
/** What it takes to push to somebody. */
export const pushing = { connections, gateway, connectionsPerUser, policyFingerprint, metrics, now };

export const processor = ({ processMediaFunction }: Environment) =>
  mediaProcessor(functions(), processMediaFunction);
export const downloadUrls = ({ mediaBucket }: Environment) => mediaUrls(objects(), mediaBucket);

export const retries = ({ retryQueueUrl }: Environment) => jobQueue<RetryJob>(queues(), retryQueueUrl);
export const roomJobs = ({ roomQueueUrl }: Environment) => jobQueue<RoomJob>(queues(), roomQueueUrl);
/** These in the queue of the pushes that are made later, where there is one. */
export const recentJobs = ({ retryQueueUrl }: Environment) => jobQueue<RecentJob>(queues(), retryQueueUrl);
export const receiptJobs = ({ retryQueueUrl }: Environment) =>
  jobQueue<ReadReceiptJob>(queues(), retryQueueUrl);
export const reactedJobs = ({ retryQueueUrl }: Environment) => jobQueue<ReactedJob>(queues(), retryQueueUrl);
export const erasureQueue = ({ erasureQueueUrl }: Environment) =>
  jobQueue<ErasureJob>(queues(), erasureQueueUrl);
export const holdQueue = ({ holdQueueUrl }: Environment) => jobQueue(queues(), holdQueueUrl);
export const exportQueue = ({ exportQueueUrl }: Environment) => jobQueue(queues(), exportQueueUrl);
