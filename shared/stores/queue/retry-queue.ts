import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';

/** A push to be made later. Ids only: the message is read anew, and is not pushed once it has expired. */
export type RetryJob = {
  readonly conversationId: string;
  readonly seq: number;
  /** Without it: every connection of every member. */
  readonly connectionIds?: readonly string[];
};

export type RetryQueue = {
  add(job: RetryJob, delaySeconds: number): Promise<void>;
};

export function retryQueue(client: SQSClient, queueUrl: string): RetryQueue {
  return {
    async add(job, delaySeconds) {
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
