import { setTimeout as wait } from 'node:timers/promises';
import type { AwsCall } from '../aws/aws-json-client.ts';
import type { QueueSource } from '../model/system-model.ts';
import { queueUrl } from './create-queues.ts';
import { type ReceivedMessage, receivedShape } from './queue-event.ts';

export type QueueReading = {
  readonly sqs: AwsCall;
  readonly endpoint: string;
  readonly pollEveryMs: number;
};

/** SQS gives and deletes no more at a time. */
export const mostAtOnce = 10;

/** So long does the engine hold back its answer while there is nothing: asking again and again would cost more. */
const waitSeconds = 20;

/** What is there or comes, and while the batch is not full what else comes within the window. */
export async function receiveBatch(
  reading: QueueReading,
  source: QueueSource,
  signal: AbortSignal,
): Promise<readonly ReceivedMessage[]> {
  const messages = await receive(reading, source, { most: source.batchSize, waitSeconds, signal });
  const ends = Date.now() + source.batchWindowSeconds * 1000;
  while (messages.length > 0 && messages.length < source.batchSize && Date.now() < ends && !signal.aborted) {
    const more = await receive(reading, source, { most: source.batchSize - messages.length });
    messages.push(...more);
    if (more.length === 0) await wait(Math.min(reading.pollEveryMs, ends - Date.now()));
  }
  return messages;
}

async function receive(
  { sqs, endpoint }: QueueReading,
  { queueName }: QueueSource,
  { most, waitSeconds = 0, signal }: { most: number; waitSeconds?: number; signal?: AbortSignal },
): Promise<ReceivedMessage[]> {
  const asked = {
    QueueUrl: queueUrl(endpoint, queueName),
    MaxNumberOfMessages: Math.min(most, mostAtOnce),
    WaitTimeSeconds: waitSeconds,
    AttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  };
  const answer = await sqs('ReceiveMessage', asked, signal);
  return receivedShape.parse(answer).Messages;
}
