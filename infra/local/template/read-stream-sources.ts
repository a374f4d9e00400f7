import * as z from 'zod';
import type { StreamSource } from '../model/system-model.ts';
import { nameInFunctionArn } from './physical-ids.ts';
import { flag, ofType, readProperties, wholeNumber } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const mappingShape = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: flag.default(true),
  StartingPosition: z.literal('TRIM_HORIZON', 'only TRIM_HORIZON is served by the local runtime'),
  BatchSize: wholeNumber.default(100),
  MaximumBatchingWindowInSeconds: wholeNumber.default(0),
  BisectBatchOnFunctionError: flag.default(false),
  FunctionResponseTypes: z.array(z.string()).default([]),
  MaximumRetryAttempts: z.coerce.number().int().default(-1),
  MaximumRecordAgeInSeconds: z.coerce.number().int().default(-1),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.string() }) }).optional(),
  FilterCriteria: z.never('event filters are not served by the local runtime').optional(),
});

/** `arn:…:table/NAME/stream/…`. */
const streamArn = /:dynamodb:.*:table\/([^/]+)\/stream\//;

export const isStreamArn = (arn: string): boolean => streamArn.test(arn);

/** Disabled mappings are left out. -1 is none, as Lambda has it. */
export const readStreamSources = (resources: readonly ResolvedResource[]): readonly StreamSource[] =>
  ofType(resources, 'AWS::Lambda::EventSourceMapping')
    .filter(({ properties }) => isStreamArn(String(properties['EventSourceArn'])))
    .map((resource) => readProperties(resource, mappingShape))
    .filter(({ Enabled }) => Enabled)
    .map((mapping) => ({
      tableName: streamArn.exec(mapping.EventSourceArn)?.[1] ?? '',
      streamArn: mapping.EventSourceArn,
      functionName: nameInFunctionArn(mapping.FunctionName),
      batchSize: mapping.BatchSize,
      batchWindowSeconds: mapping.MaximumBatchingWindowInSeconds,
      bisects: mapping.BisectBatchOnFunctionError,
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
      ...(mapping.MaximumRetryAttempts >= 0 && { mostRetries: mapping.MaximumRetryAttempts }),
      ...(mapping.MaximumRecordAgeInSeconds >= 0 && { mostAge: mapping.MaximumRecordAgeInSeconds }),
      ...(mapping.DestinationConfig !== undefined && {
        failureQueue: mapping.DestinationConfig.OnFailure.Destination.replace(/^.*:/, ''),
      }),
    }));
