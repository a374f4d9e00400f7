import * as z from 'zod';
import type { QueueSource, StreamSource } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';
import { nameInFunctionArn } from './physical-ids.ts';
import { flag, ofType, readProperties, wholeNumber } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const mappingShape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  BatchSize: wholeNumber.optional(),
  MaximumBatchingWindowInSeconds: wholeNumber.default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: wholeNumber }).optional(),
  StartingPosition: z.enum(['LATEST', 'TRIM_HORIZON']).default('LATEST'),
  MaximumRetryAttempts: wholeNumber.default(-1),
  MaximumRecordAgeInSeconds: wholeNumber.default(-1),
  BisectBatchOnFunctionError: flag.default(false),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }).optional() }).optional(),
  FilterCriteria: z.never('event filters are not served by the local runtime').optional(),
  TumblingWindowInSeconds: z.never('tumbling windows are not served by the local runtime').optional(),
});

/** SQS polls with this many receivers when the template sets no limit; enough to see concurrency, not to flood a laptop. */
const defaultConcurrency = 2;

type Mapping = z.infer<typeof mappingShape>;

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf(':') + 1);

const queueSource = (mapping: Mapping): QueueSource => ({
  queueName: lastPart(mapping.EventSourceArn),
  functionName: nameInFunctionArn(mapping.FunctionName),
  batchSize: mapping.BatchSize ?? 10,
  batchWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
  reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
  maximumConcurrency: mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
});

const streamSource = (sourceId: string, tableName: string, mapping: Mapping): StreamSource => {
  const destination = mapping.DestinationConfig?.OnFailure?.Destination;
  if (destination !== undefined && !destination.includes(':sqs:')) {
    throw new StartupError(
      `template: ${sourceId}: only a queue can take failed stream records here, not ${destination}`,
    );
  }
  return {
    sourceId,
    tableName,
    functionName: nameInFunctionArn(mapping.FunctionName),
    batchSize: mapping.BatchSize ?? 100,
    batchWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
    startingPosition: mapping.StartingPosition,
    maximumRetryAttempts: mapping.MaximumRetryAttempts,
    maximumRecordAgeSeconds: mapping.MaximumRecordAgeInSeconds,
    bisectOnError: mapping.BisectBatchOnFunctionError,
    reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    ...(destination !== undefined && { onFailureQueueName: lastPart(destination) }),
  };
};

export type EventSources = {
  readonly queueSources: readonly QueueSource[];
  readonly streamSources: readonly StreamSource[];
};

/** Disabled mappings are left out: nothing polls for them. */
export function readEventSources(resources: readonly ResolvedResource[]): EventSources {
  const queueSources: QueueSource[] = [];
  const streamSources: StreamSource[] = [];
  for (const resource of ofType(resources, 'AWS::Lambda::EventSourceMapping')) {
    const mapping = readProperties(resource, mappingShape);
    if (!mapping.Enabled) continue;
    const table = /:table\/([^/]+)\/stream\//.exec(mapping.EventSourceArn)?.[1];
    if (table !== undefined) streamSources.push(streamSource(resource.ref, table, mapping));
    else if (mapping.EventSourceArn.includes(':sqs:')) queueSources.push(queueSource(mapping));
    else
      throw new StartupError(
        `template: ${resource.logicalId}: events of ${mapping.EventSourceArn} are not served here`,
      );
  }
  return { queueSources, streamSources };
}
