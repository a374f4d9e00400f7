import type { AwsCall } from '../aws/aws-json-client.ts';
import { localAccountId } from '../local-identity.ts';
import type { Invoke } from '../model.ts';
import { type Repeating, repeat } from '../repeat.ts';
import type { StreamSource } from '../template/system-model.ts';
import { deliverRecords, type RecordDelivery } from './deliver-records.ts';
import {
  describeStream,
  readShard,
  type StreamCalls,
  type StreamRecord,
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
  const iterators = new Map<string, string>();
  const positioned = Promise.withResolvers<void>();

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
    for (const [shardId, iterator] of iterators) {
      const { records, next } = await readShard(dynamodb, iterator, source.batchSize);
      if (records.length > 0 && !(await deliverRecords(deliveryOfBatch, source, records))) return;
      const last = records.at(-1);
      if (last !== undefined) await positions.set(source.sourceId, shardId, sequenceNumberOf(last));
      if (next !== undefined) iterators.set(shardId, next);
    }
  }

  const polling = repeat(round, { everyMs: delivery.pollEveryMs ?? 100, onError: delivery.onError });
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
    onGivenUp: async (records, result, attempts) => {
      if (source.onFailureQueueName === undefined) return;
      const notice = failureNotice(
        source,
        streamArn,
        records,
        attempts,
        result.ok ? 'ReportBatchItemFailures' : result.errorType,
      );
      await delivery.sendToQueue(source.onFailureQueueName, JSON.stringify(notice));
    },
    backOff: (attempt) => waitUnlessStopped(Math.min(100 * 2 ** (attempt - 1), 10_000), signal),
  };
};

/** As Lambda tells a queue: where the records are, never what is in them. */
const failureNotice = (
  source: StreamSource,
  streamArn: string,
  records: readonly StreamRecord[],
  attempts: number,
  reason: string,
): object => {
  const numbers = records.map(sequenceNumberOf);
  return {
    requestContext: {
      functionArn: source.functionName,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, functionError: reason },
    version: '1.0',
    DDBStreamBatchInfo: {
      startSequenceNumber: numbers[0],
      endSequenceNumber: numbers.at(-1),
      batchSize: records.length,
      streamArn,
    },
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
