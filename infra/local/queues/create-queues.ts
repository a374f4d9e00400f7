import { type AwsCall, AwsServiceError } from '../aws/aws-json-client.ts';
import { localAccountId } from '../model/local-identity.ts';
import type { LocalQueue } from '../model/system-model.ts';

export const queueUrl = (endpoint: string, queueName: string): string =>
  `${endpoint}/${localAccountId}/${queueName}`;

/** Makes the queues and gives those of an earlier run the settings of today's template. */
export async function createQueues(
  sqs: AwsCall,
  endpoint: string,
  queues: readonly LocalQueue[],
): Promise<void> {
  for (const { queueName, attributes } of queues) {
    try {
      await sqs('CreateQueue', { QueueName: queueName, Attributes: attributes });
    } catch (error) {
      if (!(error instanceof AwsServiceError && /QueueNameExists|QueueAlreadyExists/.test(error.name)))
        throw error;
      await sqs('SetQueueAttributes', { QueueUrl: queueUrl(endpoint, queueName), Attributes: attributes });
    }
  }
}
