import type { AwsCall } from '../aws/aws-json-client.ts';
import { localAccountId } from '../model/local-identity.ts';
import type { Invoke } from '../model/model.ts';
import type { StreamSource } from '../model/system-model.ts';
import { type Repeating, repeat } from '../process/repeat.ts';
import { deliverRecords, type RecordDelivery } from './deliver-records.ts';
import { failureNotice } from './failure-notice.ts';
import {
  describeStream,
  readBatch,
  type StreamCalls,
  sequenceNumberOf,
  shardIterator,
} from './read-shard.ts';
import type { StreamPositions } from './stream-positions.ts';

export type StreamDelivery = {
  readonly dynamodb: StreamCalls;
  readonly region: string;
  readonly invoke: Invoke;
  readonly positions: StreamPositions;
  /** Puts a text into a queue, for what is given up. */
  readonly sendToQueue: (queueName: string, body: string) => Promise<void>;
  readonly onError: (error: unknown) => void;
  readonly pollEveryMs?: number;
};

export type StreamDelivering = Repeating & {
  /** Settles when the starting position is fixed: what is written from then on is delivered. */
  readonly positioned: Promise<void>;
};

/** Keeps delivering the changes of a table to a function, in order within a shard. */
export function deliverStream(delivery: StreamDelivery, source: StreamSource): StreamDelivering {
  const { dynamodb, positions } = delivery;
  /** By shard; `undefined` for one that has been read to its end. */
  const iterators = new Map<string, string | undefined>();
  const positioned = Promise.withResolvers<void>();
  const everyMs = delivery.pollEveryMs ?? 100;

  async function round(signal: AbortSignal): Promise<void> {
    const { streamArn, shardIds } = await describeStream(dynamodb, source.tableName);
    for (const shardId of shardIds) {
      if (iterators.has(shardId)) continue;
      const after = positions.get(source.sourceId, shardId);
      iterators.set(
        shardId,
        await shardIterator(dynamodb, { streamArn, shardId }, after, source.startingPosition),
      );
    }
    positioned.resolve();
    const deliveryOfBatch = recordDelivery(delivery, source, streamArn, signal);
    const pause = () => waitUnlessStopped(everyMs, signal);
    for (const [shardId, iterator] of iterators) {
      if (iterator === undefined) continue;
      const { records, next } = await readBatch(dynamodb, iterator, source, pause);
      if (records.length > 0 && !(await deliverRecords(deliveryOfBatch, source, records))) return;
      const last = records.at(-1);
      if (last !== undefined) await positions.set(source.sourceId, shardId, sequenceNumberOf(last));
      iterators.set(shardId, next);
    }
  }

  const polling = repeat(round, { everyMs, onError: delivery.onError });
  return { positioned: positioned.promise, stop: polling.stop };
}

const recordDelivery = (
  delivery: StreamDelivery,
  source: StreamSource,
  streamArn: string,
  signal: AbortSignal,
): RecordDelivery => {
  const eventSourceARN = `arn:aws:dynamodb:${delivery.region}:${localAccountId}:table/${source.tableName}/stream/local`;
  return {
    invoke: delivery.invoke,
    eventOf: (records) => ({
      Records: records.map((record) => ({ ...record, awsRegion: delivery.region, eventSourceARN })),
    }),
    onGivenUp: async (records, why) => {
      if (source.onFailureQueueName === undefined) return;
      const notice = failureNotice(source, streamArn, records, why);
      await delivery.sendToQueue(source.onFailureQueueName, JSON.stringify(notice));
    },
    backOff: (attempt) => waitUnlessStopped(Math.min(100 * 2 ** (attempt - 1), 10_000), signal),
  };
};

const waitUnlessStopped = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve(!signal.aborted);
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish);
    if (signal.aborted) finish();
  });

export const queueSender =
  (sqs: AwsCall, urlOf: (queueName: string) => string): StreamDelivery['sendToQueue'] =>
  async (queueName, body) => {
    await sqs('SendMessage', { QueueUrl: urlOf(queueName), MessageBody: body });
  };
