import type { AwsCall } from '../aws/aws-json-client.ts';
import { batchItemFailures } from '../batch-item-failures.ts';
import { localAccountId } from '../local-identity.ts';
import type { Invoke } from '../model.ts';
import { type Repeating, repeat } from '../repeat.ts';
import type { QueueSource } from '../template/system-model.ts';
import { queueUrl } from './create-queues.ts';
import { queueEvent, type ReceivedMessage, receivedShape } from './queue-event.ts';

export type QueueDelivery = {
  readonly sqs: AwsCall;
  readonly endpoint: string;
  readonly region: string;
  readonly invoke: Invoke;
  readonly onError: (error: unknown) => void;
  readonly pollEveryMs?: number;
};

/** Receives and hands over one batch; what the function did not fail is deleted, the rest returns after its visibility timeout. */
export async function deliverBatch(delivery: QueueDelivery, source: QueueSource): Promise<number> {
  const { sqs, endpoint, region, invoke } = delivery;
  const QueueUrl = queueUrl(endpoint, source.queueName);
  const { Messages } = receivedShape.parse(
    await sqs('ReceiveMessage', {
      QueueUrl,
      // SQS itself gives ten at most; larger batches come with a window.
      MaxNumberOfMessages: Math.min(source.batchSize, 10),
      AttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  if (Messages.length === 0) return 0;
  const arn = `arn:aws:sqs:${region}:${localAccountId}:${source.queueName}`;
  const result = await invoke(source.functionName, queueEvent(Messages, arn, region));
  const ids = Messages.map((message) => message.MessageId);
  const failed = !result.ok
    ? 'all'
    : source.reportsItemFailures
      ? batchItemFailures(result.payload, ids)
      : [];
  if (failed !== 'all')
    await remove(
      sqs,
      QueueUrl,
      Messages.filter((message) => !failed.includes(message.MessageId)),
    );
  return Messages.length;
}

const remove = async (
  sqs: AwsCall,
  QueueUrl: string,
  messages: readonly ReceivedMessage[],
): Promise<void> => {
  if (messages.length === 0) return;
  const Entries = messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
  await sqs('DeleteMessageBatch', { QueueUrl, Entries });
};

/** Keeps delivering a queue to its function, several batches at a time as the template allows. */
export function deliverQueue(delivery: QueueDelivery, source: QueueSource): Repeating {
  const drain = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && (await deliverBatch(delivery, source)) > 0);
  };
  const pollers = Array.from({ length: Math.min(source.maximumConcurrency, 2) }, () =>
    repeat(drain, { everyMs: delivery.pollEveryMs ?? 200, onError: delivery.onError }),
  );
  return {
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
}
