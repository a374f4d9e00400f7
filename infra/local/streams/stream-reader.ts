import * as z from 'zod';
import type { AwsCall } from '../aws/aws-json-client.ts';

export const recordShape = z.looseObject({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  dynamodb: z.looseObject({
    Keys: z.record(z.string(), z.unknown()),
    SequenceNumber: z.string(),
    ApproximateCreationDateTime: z.number(),
  }),
});

export type StreamRecord = z.infer<typeof recordShape>;

const streamsShape = z.object({ Streams: z.array(z.object({ StreamArn: z.string() })) });
const describedShape = z.object({
  StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }),
});
const iteratorShape = z.object({ ShardIterator: z.string() });
const recordsShape = z.object({
  Records: z.array(recordShape),
  NextShardIterator: z.string().nullish(),
});

/** One shard from its beginning on: each read goes on where the last one ended, and undefined is its end. */
export type ShardReader = {
  readonly shardId: string;
  read(limit: number): Promise<readonly StreamRecord[] | undefined>;
};

/** The shards of a table's stream, the oldest first. `call` is of the streams' own API. */
export async function shardsOf(call: AwsCall, TableName: string): Promise<readonly ShardReader[]> {
  const { Streams } = streamsShape.parse(await call('ListStreams', { TableName }));
  const StreamArn = Streams.at(-1)?.StreamArn;
  if (StreamArn === undefined) return [];
  const { StreamDescription } = describedShape.parse(await call('DescribeStream', { StreamArn }));
  return StreamDescription.Shards.map(({ ShardId }) => shardReader(call, StreamArn, ShardId));
}

function shardReader(call: AwsCall, StreamArn: string, ShardId: string): ShardReader {
  let place: string | null | undefined;
  return {
    shardId: ShardId,
    async read(Limit) {
      if (place === null) return undefined;
      place ??= iteratorShape.parse(
        await call('GetShardIterator', { StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
      ).ShardIterator;
      const page = recordsShape.parse(await call('GetRecords', { ShardIterator: place, Limit }));
      place = page.NextShardIterator ?? null;
      return page.Records;
    },
  };
}
