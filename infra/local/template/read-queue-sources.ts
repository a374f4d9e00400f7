import * as z from 'zod';
import type { QueueSource } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';
import { nameInFunctionArn } from './physical-ids.ts';
import { flag, ofType, readProperties, wholeNumber } from './read-properties.ts';
import { isStreamArn } from './read-stream-sources.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const mappingShape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  BatchSize: wholeNumber.optional(),
  MaximumBatchingWindowInSeconds: wholeNumber.default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  ScalingConfig: z.object({ MaximumConcurrency: wholeNumber }).optional(),
  FilterCriteria: z.never('event filters are not served by the local runtime').optional(),
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

/** Disabled mappings are left out: nothing polls for them. */
export const readQueueSources = (resources: readonly ResolvedResource[]): readonly QueueSource[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const mapping = readProperties(resource, mappingShape);
    if (!mapping.Enabled) return [];
    if (mapping.EventSourceArn.includes(':sqs:')) return [queueSource(mapping)];
    if (isStreamArn(mapping.EventSourceArn)) return [];
    throw new StartupError(
      `template: ${resource.logicalId}: events of ${mapping.EventSourceArn} are not served here: only those of a queue or of a table are`,
    );
  });
