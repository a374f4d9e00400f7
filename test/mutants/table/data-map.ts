import { type Mutant, mutantsOf } from '../mutant.ts';

const tests = ['test/infra/data-map/rules/rules.test.ts'];

/** What fails a synthesis. */
export const dataMap: readonly Mutant[] = [
  ...mutantsOf('infra/data-map/rules/copies.ts', tests, [
    [
      'the stream of a replica is not seen',
      '({ KinesisStreamSpecification: stream }) => stream !== undefined',
      '() => false',
    ],
    ['a vector index is no copy', "sets('VectorIndexes')", "sets('VectorIndexesOfOld')"],
    ['durable functions are not seen', "sets('DurableConfig')", "sets('Durable')"],
    [
      'the journal of metadata is not seen',
      "sets('MetadataConfiguration', 'MetadataTableConfiguration')",
      "sets('MetadataTableConfiguration')",
    ],
    ['triggers are not seen', "sets('LambdaConfig')", "sets('Triggers')"],
  ]),
  ...mutantsOf('infra/data-map/rules/regions.ts', tests, [
    ['witnesses are not looked at', '[...Replicas, ...GlobalTableWitnesses]', '[...Replicas]'],
    [
      'a user pool may be replicated anywhere',
      "typeof RegionName === 'string' && regions.includes(RegionName)",
      "typeof RegionName === 'string'",
    ],
  ]),
  ...mutantsOf('infra/data-map/rules/targets.ts', tests, [
    ['failed events may go anywhere', ': [Arn, DeadLetterConfig.Arn]', ': [Arn]'],
    ['any address will do', '=> text.includes(mention(id))', '=> text.includes(mention(id)) || true'],
  ]),
  ...mutantsOf('infra/data-map/rules/queues.ts', tests, [
    ['a bus may hold messages', ", 'AWS::EventsV2::EventBus')", ')'],
  ]),
];
