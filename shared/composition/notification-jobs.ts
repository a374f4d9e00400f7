import type { Environment } from '../runtime/environment.ts';
import { jobQueue } from '../stores/queue/job-queue.ts';
import type { NotificationJob } from '../stores/queue/notification-job.ts';
import { queues } from './clients.ts';

/** Apart from what else notifications take: whoever reads the stream needs nothing of it. */
export const notificationJobs = ({ notificationQueueUrl }: Environment) =>
  jobQueue<NotificationJob>(queues(), notificationQueueUrl);
