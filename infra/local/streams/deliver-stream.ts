import { setTimeout as wait } from 'node:timers/promises';
import type { AwsCall } from '../aws/aws-json-client.ts';
import type { Invoke } from '../model/model.ts';
import type { StreamSource } from '../model/system-model.ts';
import { type Repeating, repeat } from '../process/repeat.ts';
import { queueUrl } from '../queues/create-queues.ts';
import { deliverRecords, type GivenUp } from './deliver-records.ts';
import { type ShardReader, type StreamRecord, shardsOf } from './stream-reader.ts';

export type StreamDelivery = {
  /** The API of DynamoDB's streams. */
  readonly streams: AwsCall;
  readonly sqs: AwsCall;
  readonly queueEndpoint: string;
  readonly region: string;
  readonly invoke: Invoke;
  readonly onError: (error: unknown) => void;
  readonly pollEveryMs: number;
};

/** Keeps delivering the changes of a table, each shard in its order and from the beginning of what the stream has. */
export function deliverStream(delivery: StreamDelivery, source: StreamSource): Repeating {
  const { streams, pollEveryMs, onError } = delivery;
  const readers = new Map<string, ShardReader>();
  const ended = new Set<string>();

  const round = async (signal: AbortSignal): Promise<void> => {
    if (readers.size === 0) {
      for (const reader of await shardsOf(streams, source.tableName))
        if (!ended.has(reader.shardId)) readers.set(reader.shardId, reader);
    }
    for (const reader of readers.values()) {
      while (!signal.aborted) {
        const batch = await gather(reader, source, signal);
        if (batch === undefined) {
          readers.delete(reader.shardId);
          ended.add(reader.shardId);
          break;
        }
        if (batch.length === 0) break;
        const { region, invoke } = delivery;
        const giveUp = async (records: readonly StreamRecord[], condition: GivenUp) =>
          noteFailure(delivery, source, reader.shardId, records, condition);
        await deliverRecords({ region, invoke, giveUp, now: Date.now, signal }, source, batch);
      }
    }
  };
  return repeat(round, { everyMs: pollEveryMs, onError });
}

/** What is there, and what else comes within the window while the batch is not full. */
async function gather(
  reader: ShardReader,
  { batchSize, batchWindowSeconds }: StreamSource,
  signal: AbortSignal,
): Promise<readonly StreamRecord[] | undefined> {
  const first = await reader.read(batchSize);
  if (first === undefined || first.length === 0) return first;
  const records = [...first];
  const ends = Date.now() + batchWindowSeconds * 1000;
  while (records.length < batchSize && Date.now() < ends && !signal.aborted) {
    const more = await reader.read(batchSize - records.length);
    if (more === undefined) break;
    records.push(...more);
    if (more.length === 0) await wait(50);
  }
  return records;
}

/** As Lambda notes it: where in the stream, and nothing that is there. */
async function noteFailure(
  { sqs, queueEndpoint }: StreamDelivery,
  { failureQueue, streamArn, functionName }: StreamSource,
  shardId: string,
  records: readonly StreamRecord[],
  condition: GivenUp,
): Promise<void> {
  const [first, last] = [records.at(0), records.at(-1)];
  if (failureQueue === undefined || first === undefined || last === undefined) return;
  const note = {
    requestContext: { functionArn: functionName, condition },
    version: '1.0',
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: first.dynamodb.SequenceNumber,
      endSequenceNumber: last.dynamodb.SequenceNumber,
      batchSize: records.length,
      streamArn,
    },
  };
  await sqs('SendMessage', {
    QueueUrl: queueUrl(queueEndpoint, failureQueue),
    MessageBody: JSON.stringify(note),
  });
}
