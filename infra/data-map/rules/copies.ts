import * as z from 'zod';
import { ofType, type Resource, read } from '../system.ts';
import type { Rule } from './violation.ts';

// Types that the data map knows can be told to keep a copy elsewhere: in a stream, an index, a list, a snapshot.

const present = z.unknown().optional();

/** What a property copies, and whether the resource has it. */
type Copy = {
  readonly fault: string;
  readonly fix: string;
  readonly isMade: (resource: Resource) => boolean;
};

/** True where the template sets one of the properties at all. */
const sets =
  (...names: readonly string[]) =>
  (resource: Resource): boolean => {
    const properties = read(resource, z.object(Object.fromEntries(names.map((name) => [name, present]))));
    return names.some((name) => properties[name] !== undefined);
  };

const copiesOf =
  (types: readonly string[], ...copies: readonly Copy[]): Rule =>
  (system) =>
    ofType(system, ...types).flatMap((resource) =>
      copies
        .filter(({ isMade }) => isMade(resource))
        .map(({ fault, fix }) => ({ rule: 'copy', resource, fault, fix })),
    );

const replicaStreams = z.object({
  Replicas: z.array(z.object({ KinesisStreamSpecification: present })).default([]),
});

export const noTableKeepsCopies = copiesOf(
  ['AWS::DynamoDB::Table', 'AWS::DynamoDB::GlobalTable'],
  {
    fault: 'copies each change into a Kinesis stream, which keeps it for a day or up to a year',
    fix: 'remove `kinesisStream`',
    isMade: (resource) =>
      sets('KinesisStreamSpecification')(resource) ||
      read(resource, replicaStreams).Replicas.some(
        ({ KinesisStreamSpecification: stream }) => stream !== undefined,
      ),
  },
  {
    fault:
      'has a vector index: what was written can be found in it again, and nobody has shown when it forgets',
    fix: 'remove `vectorIndexes`',
    isMade: sets('VectorIndexes'),
  },
);

const snapStart = z.object({ SnapStart: z.object({ ApplyOn: z.unknown() }).optional() });

export const noFunctionKeepsCopies = copiesOf(
  ['AWS::Lambda::Function'],
  {
    fault:
      'is a durable function: Lambda keeps the input and result of each step, for 14 days unless told otherwise',
    fix: 'remove `durableConfig`: put ids into a queue, and let the consumer read anew',
    isMade: sets('DurableConfig'),
  },
  {
    fault: 'is started from a snapshot of its memory, which may hold what it had read, and secrets',
    fix: 'remove `snapStart`',
    isMade: (resource) => (read(resource, snapStart).SnapStart?.ApplyOn ?? 'None') !== 'None',
  },
);

export const noBucketListsItsObjects = copiesOf(
  ['AWS::S3::Bucket'],
  {
    fault: 'writes inventories, lists of its objects that stay in another bucket when the objects have gone',
    fix: 'remove `inventories`',
    isMade: sets('InventoryConfigurations'),
  },
  {
    fault: 'keeps metadata tables, in which every object is a row, also when it has gone',
    fix: 'remove the metadata configuration',
    isMade: sets('MetadataConfiguration', 'MetadataTableConfiguration'),
  },
);

export const noUserPoolTellsOthers = copiesOf(['AWS::Cognito::UserPool'], {
  fault:
    'has triggers: they hand what people enter, passwords among it, to a function, and with it to its log',
  fix: 'remove `lambdaTriggers`',
  isMade: sets('LambdaConfig'),
});
