import { setTimeout } from 'node:timers/promises';
import { awsJsonClient } from '../../infra/local/aws/aws-json-client.ts';
import { queueUrl } from '../../infra/local/queues/create-queues.ts';
import type { LocalSystem } from '../../infra/local/system/local-system.ts';

const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'];

/** Resolves once no job is due or being done; those of a later time may be left. SQS can only be asked, it tells nobody. */
export async function idleQueues(system: LocalSystem): Promise<void> {
  const { queueEndpoint: endpoint, region, credentials } = system;
  const sqs = awsJsonClient({ endpoint, region, service: 'sqs', targetPrefix: 'AmazonSQS', credentials });
  for (const name of system.queueNames) {
    const asked = { QueueUrl: queueUrl(endpoint, name), AttributeNames: counts };
    const left = async () => {
      const { Attributes } = (await sqs('GetQueueAttributes', asked)) as {
        readonly Attributes: Readonly<Record<string, string>>;
      };
      return counts.some((count) => Attributes[count] !== '0');
    };
    while (await left()) await setTimeout(20);
  }
}
