import * as z from 'zod';
import { mention, textOf } from '../references.ts';
import { ofType, type Resource, read, type System } from '../system.ts';
import type { Rule } from './violation.ts';

const table = z.object({ StreamSpecification: z.unknown().optional() });
const mapping = z.object({ EventSourceArn: z.unknown() });

/** A stream keeps every change for a day: only where something is made of it. */
export const everyStreamIsConsumed: Rule = (system) =>
  [...tablesWithStream(system), ...ofType(system, 'AWS::Kinesis::Stream')]
    .filter((resource) => !isConsumed(system, resource))
    .map((resource) => ({
      rule: 'stream-without-consumer',
      resource,
      fault: 'has a stream that keeps each change for a day or longer, and nothing consumes it',
      fix: 'leave the stream out, or map it to a function with an event source mapping',
    }));

const view = z.object({ StreamSpecification: z.object({ StreamViewType: z.unknown() }).optional() });

/** What was deleted from a table is in its stream for another day. */
export const everyStreamHoldsKeysOnly: Rule = (system) =>
  tablesWithStream(system)
    .filter((resource) => read(resource, view).StreamSpecification?.StreamViewType !== 'KEYS_ONLY')
    .map((resource) => ({
      rule: 'stream-with-content',
      resource,
      fault: 'has a stream that keeps what is in its rows for a day, whatever is deleted meanwhile',
      fix: 'use `StreamViewType.KEYS_ONLY`, and read the row',
    }));

const tablesWithStream = (system: System): readonly Resource[] =>
  ofType(system, 'AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable').filter(
    (resource) => read(resource, table).StreamSpecification !== undefined,
  );

function isConsumed(system: System, { id }: Resource): boolean {
  return ofType(system, 'AWS::Lambda::EventSourceMapping').some((resource) =>
    textOf(system, resource.stackName, read(resource, mapping).EventSourceArn).includes(mention(id)),
  );
}
