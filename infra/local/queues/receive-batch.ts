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

/** What is there, and while the batch is not full what else comes within the window. */
export async function receiveBatch(
  reading: QueueReading,
  source: QueueSource,
  signal: AbortSignal,
): Promise<readonly ReceivedMessage[]> {
  const messages = await receive(reading, source, source.batchSize);
  const ends = Date.now() + source.batchWindowSeconds * 1000;
  while (messages.length > 0 && messages.length < source.batchSize && Date.now() < ends && !signal.aborted) {
    const more = await receive(reading, source, source.batchSize - messages.length);
    messages.push(...more);
    if (more.length === 0) await wait(Math.min(reading.pollEveryMs, ends - Date.now()));
  }
  return messages;
}

async function receive(
  { sqs, endpoint }: QueueReading,
  { queueName }: QueueSource,
  most: number,
): Promise<ReceivedMessage[]> {
  const answer = await sqs('ReceiveMessage', {
    QueueUrl: queueUrl(endpoint, queueName),
    MaxNumberOfMessages: Math.min(most, mostAtOnce),
    AttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  return receivedShape.parse(answer).Messages;
}
