import * as z from 'zod';
import type { AwsCall } from '../aws/aws-json-client.ts';
import type { StreamSource } from '../model/system-model.ts';

const recordShape = z.looseObject({
  dynamodb: z.looseObject({ SequenceNumber: z.string(), ApproximateCreationDateTime: z.number().optional() }),
});

export type StreamRecord = z.infer<typeof recordShape>;

export const sequenceNumberOf = (record: StreamRecord): string => record.dynamodb.SequenceNumber;

const tableShape = z.object({ Table: z.object({ LatestStreamArn: z.string() }) });
const streamShape = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })).default([]) }),
});
const iteratorShape = z.object({ ShardIterator: z.string() });
const recordsShape = z.object({
  Records: z.array(recordShape).default([]),
  NextShardIterator: z.string().nullish(),
});

export type StreamCalls = { readonly call: AwsCall; readonly callStreams: AwsCall };

export type TableStream = { readonly streamArn: string; readonly shardIds: readonly string[] };

export async function describeStream(
  { call, callStreams }: StreamCalls,
  tableName: string,
): Promise<TableStream> {
  const { LatestStreamArn } = tableShape.parse(await call('DescribeTable', { TableName: tableName })).Table;
  const { StreamDescription } = streamShape.parse(
    await callStreams('DescribeStream', { StreamArn: LatestStreamArn }),
  );
  return { streamArn: LatestStreamArn, shardIds: StreamDescription.Shards.map((shard) => shard.ShardId) };
}

export type ShardPlace = { readonly streamArn: string; readonly shardId: string };

/** An iterator behind the last record that was dealt with, or where a new source starts. */
export async function shardIterator(
  { callStreams }: StreamCalls,
  { streamArn, shardId }: ShardPlace,
  after: string | undefined,
  startingPosition: string,
): Promise<string> {
  const position =
    after === undefined
      ? { ShardIteratorType: startingPosition }
      : { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: after };
  const answer = await callStreams('GetShardIterator', {
    StreamArn: streamArn,
    ShardId: shardId,
    ...position,
  });
  return iteratorShape.parse(answer).ShardIterator;
}

export type ShardPage = { readonly records: readonly StreamRecord[]; readonly next: string | undefined };

export async function readShard(
  { callStreams }: StreamCalls,
  iterator: string,
  limit: number,
): Promise<ShardPage> {
  const { Records, NextShardIterator } = recordsShape.parse(
    await callStreams('GetRecords', { ShardIterator: iterator, Limit: limit }),
  );
  return { records: Records, next: NextShardIterator ?? undefined };
}

/** One batch: what is there, and while it is not full what else comes within the window. */
export async function readBatch(
  calls: StreamCalls,
  iterator: string,
  { batchSize, batchWindowSeconds }: Pick<StreamSource, 'batchSize' | 'batchWindowSeconds'>,
  wait: () => Promise<boolean>,
): Promise<ShardPage> {
  let { records, next } = await readShard(calls, iterator, batchSize);
  const ends = Date.now() + batchWindowSeconds * 1000;
  while (records.length > 0 && records.length < batchSize && next !== undefined && Date.now() < ends) {
    if (!(await wait())) break;
    const more = await readShard(calls, next, batchSize - records.length);
    records = [...records, ...more.records];
    next = more.next;
  }
  return { records, next };
}
