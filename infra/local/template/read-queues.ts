import * as z from 'zod';
import type { LocalQueue } from '../model/system-model.ts';
import { ofType, readProperties } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const queueShape = z.object({
  VisibilityTimeout: scalar.optional(),
  MessageRetentionPeriod: scalar.optional(),
  DelaySeconds: scalar.optional(),
  ReceiveMessageWaitTimeSeconds: scalar.optional(),
  FifoQueue: scalar.optional(),
  ContentBasedDeduplication: scalar.optional(),
  RedrivePolicy: z.object({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() }).optional(),
});

const attributesOf = (queue: z.infer<typeof queueShape>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(queue)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, typeof value === 'object' ? JSON.stringify(value) : String(value)]),
  );

/** Dead-letter queues come first: a queue can only name one that exists. */
export function readQueues(resources: readonly ResolvedResource[]): readonly LocalQueue[] {
  const queues = ofType(resources, 'AWS::SQS::Queue').map((resource) => ({
    queueName: resource.ref.slice(resource.ref.lastIndexOf('/') + 1),
    attributes: attributesOf(readProperties(resource, queueShape)),
  }));
  return queues.toSorted(
    (a, b) => Number('RedrivePolicy' in a.attributes) - Number('RedrivePolicy' in b.attributes),
  );
}
