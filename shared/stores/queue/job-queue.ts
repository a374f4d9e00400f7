import type { QueueClient } from './queue-client.ts';

/** Work for another function. A job is ids and times only: whoever takes it reads what it needs anew. */
export type JobQueue<Job extends object> = {
  /**
   * `delaySeconds` at most 900. `group` says whose job it is: SQS lets no group that has much to do keep the others waiting
   * (fair queues).
   */
  add(job: Job, delaySeconds?: number, group?: string): Promise<void>;
};

/** Where several are put at once. */
export type BatchQueue<Job extends object> = JobQueue<Job> & {
  /** Ten at most, in one call. */
  addAll(jobs: readonly Job[], delaySeconds?: number, group?: string): Promise<void>;
};

export function jobQueue<Job extends object>(client: QueueClient, QueueUrl: string): BatchQueue<Job> {
  return {
    async add(job, DelaySeconds = 0, group) {
      const message = { QueueUrl, MessageBody: JSON.stringify(job), DelaySeconds };
      await client.sendMessage({ ...message, ...(group !== undefined && { MessageGroupId: group }) });
    },
    async addAll(jobs, DelaySeconds = 0, group) {
      const Entries = jobs.map((job, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(job),
        DelaySeconds,
        ...(group !== undefined && { MessageGroupId: group }),
      }));
      if (Entries.length > 0) await client.sendMessages({ QueueUrl, Entries });
    },
  };
}
