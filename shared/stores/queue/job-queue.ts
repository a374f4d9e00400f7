import type { QueueClient } from './queue-client.ts';

/** Work for another function. A job is ids and times only: whoever takes it reads what it needs anew. */
export type JobQueue<Job extends object> = {
  /** `delaySeconds` at most 900. */
  add(job: Job, delaySeconds?: number): Promise<void>;
};

export function jobQueue<Job extends object>(client: QueueClient, QueueUrl: string): JobQueue<Job> {
  return {
    async add(job, DelaySeconds = 0) {
      await client.sendMessage({ QueueUrl, MessageBody: JSON.stringify(job), DelaySeconds });
    },
  };
}
