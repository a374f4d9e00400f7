import { localAccountId } from '../model/local-identity.ts';
import type { Invoke } from '../model/model.ts';
import type { QueueSource } from '../model/system-model.ts';
import { type Repeating, repeat } from '../process/repeat.ts';
import { batchItemFailures } from './batch-item-failures.ts';
import { queueUrl } from './create-queues.ts';
import { queueEvent, type ReceivedMessage } from './queue-event.ts';
import { mostAtOnce, type QueueReading, receiveBatch } from './receive-batch.ts';

export type QueueDelivery = QueueReading & {
  readonly region: string;
  readonly invoke: Invoke;
  readonly onError: (error: unknown) => void;
};

/** Hands over one batch; what the function did not fail is deleted, the rest returns after its visibility timeout. */
export async function deliverBatch(
  delivery: QueueDelivery,
  source: QueueSource,
  signal = new AbortController().signal,
): Promise<number> {
  const { region, invoke } = delivery;
  const messages = await receiveBatch(delivery, source, signal);
  if (messages.length === 0) return 0;
  const arn = `arn:aws:sqs:${region}:${localAccountId}:${source.queueName}`;
  const result = await invoke(source.functionName, queueEvent(messages, arn, region));
  const ids = messages.map((message) => message.MessageId);
  const failed = !result.ok
    ? 'all'
    : source.reportsItemFailures
      ? batchItemFailures(result.payload, ids)
      : [];
  if (failed !== 'all') {
    const done = messages.filter((message) => !failed.includes(message.MessageId));
    await remove(delivery, source, done);
  }
  return messages.length;
}

async function remove(
  { sqs, endpoint }: QueueReading,
  { queueName }: QueueSource,
  messages: readonly ReceivedMessage[],
): Promise<void> {
  for (let from = 0; from < messages.length; from += mostAtOnce) {
    const some = messages.slice(from, from + mostAtOnce);
    const Entries = some.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    await sqs('DeleteMessageBatch', { QueueUrl: queueUrl(endpoint, queueName), Entries });
  }
}

/** Keeps delivering a queue to its function, several batches at a time as the template allows. */
export function deliverQueue(delivery: QueueDelivery, source: QueueSource): Repeating {
  const drain = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted && (await deliverBatch(delivery, source, signal)) > 0);
  };
  const pollers = Array.from({ length: Math.min(source.maximumConcurrency, 2) }, () =>
    repeat(drain, { everyMs: delivery.pollEveryMs, onError: delivery.onError }),
  );
  return {
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
    },
  };
}
