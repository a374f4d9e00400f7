import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A queue of long work: ids only. */
export type WorkQueue<Job extends object> = {
  /** `delaySeconds` at most 900. */
  add(job: Job, delaySeconds?: number): Promise<void>;
};

export function workQueue<Job extends object>(client: SQSClient, queueUrl: string): WorkQueue<Job> {
  return {
    async add(job, delaySeconds = 0) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify(job),
          DelaySeconds: delaySeconds,
        }),
      );
    },
  };
}
