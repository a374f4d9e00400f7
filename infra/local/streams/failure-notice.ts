import type { StreamSource } from '../model/system-model.ts';
import type { GivenUp } from './deliver-records.ts';
import { type StreamRecord, sequenceNumberOf } from './read-shard.ts';

/** As Lambda tells a queue: where the records are, never what is in them. */
export const failureNotice = (
  source: StreamSource,
  streamArn: string,
  records: readonly StreamRecord[],
  { condition, attempts, result }: GivenUp,
): object => {
  const numbers = records.map(sequenceNumberOf);
  return {
    requestContext: {
      functionArn: source.functionName,
      condition,
      approximateInvokeCount: attempts,
    },
    // Only a function that was asked has answered.
    ...(result !== undefined && {
      responseContext: {
        statusCode: 200,
        functionError: result.ok ? 'ReportBatchItemFailures' : result.errorType,
      },
    }),
    version: '1.0',
    DDBStreamBatchInfo: {
      startSequenceNumber: numbers[0],
      endSequenceNumber: numbers.at(-1),
      batchSize: records.length,
      streamArn,
    },
  };
};
