import { CfnUserPool, CfnUserPoolReplica } from 'aws-cdk-lib/aws-cognito';
import { CfnGlobalTable, CfnTable, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { add, first, partitionKey, type RuleCase } from './case.ts';

const streamArn = 'arn:aws:kinesis:ap-northeast-2:1:stream/s';

/** A global table of the case's own; `change` gets what CloudFormation gets. */
function globalTable(change: (table: CfnGlobalTable) => void): RuleCase[1] {
  return ({ data }, id) => {
    const { node } = add(new TableV2(data, id, { partitionKey }));
    const table = node.defaultChild;
    if (!(table instanceof CfnGlobalTable)) throw new Error('no global table');
    change(table);
  };
}

export const copies: readonly RuleCase[] = [
  [
    'a table whose changes go to a Kinesis stream',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('KinesisStreamSpecification', {
        StreamArn: streamArn,
      }),
    /Lapse-Data\/MessagesTable\w+ copies each change into a Kinesis stream.*remove `kinesisStream`/,
  ],
  [
    'a replica whose changes go to a Kinesis stream',
    globalTable((table) =>
      table.addPropertyOverride('Replicas.0.KinesisStreamSpecification', { StreamArn: streamArn }),
    ),
    /Lapse-Data\/Added\w+ copies each change into a Kinesis stream/,
  ],
  [
    'a table with a vector index',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('VectorIndexes', [{ IndexName: 'byMeaning' }]),
    /Lapse-Data\/MessagesTable\w+ has a vector index.*remove `vectorIndexes`/,
  ],
  [
    'a table that is a replica of one of another account',
    globalTable((table) =>
      table.addPropertyOverride('GlobalTableSourceArn', 'arn:aws:dynamodb:ap-northeast-2:2:table/t'),
    ),
    /Lapse-Data\/Added\w+ is a replica of a table that may be of another account/,
  ],
  [
    'a table with a witness elsewhere',
    globalTable((table) => table.addPropertyOverride('GlobalTableWitnesses', [{ Region: 'ap-northeast-3' }])),
    /Lapse-Data\/Added\w+ is replicated to ap-northeast-3/,
  ],
  [
    'a durable function',
    ({ chat }) =>
      first(chat, CfnFunction, 'Send/').addPropertyOverride('DurableConfig', { ExecutionTimeout: 60 }),
    /Lapse-Chat\/SendFunction\w+ is a durable function.*remove `durableConfig`/,
  ],
  [
    'a function that starts from a snapshot',
    ({ chat }) =>
      first(chat, CfnFunction, 'History/').addPropertyOverride('SnapStart', { ApplyOn: 'PublishedVersions' }),
    /Lapse-Chat\/HistoryFunction\w+ is started from a snapshot of its memory.*remove `snapStart`/,
  ],
  [
    'a bucket that writes inventories',
    ({ data }) =>
      first(data, CfnBucket, 'Media').addPropertyOverride('InventoryConfigurations', [
        { Id: 'all', Enabled: true },
      ]),
    /Lapse-Data\/MediaBucket\w+ writes inventories.*remove `inventories`/,
  ],
  [
    'a bucket with a metadata table',
    ({ data }) =>
      first(data, CfnBucket, 'Media').addPropertyOverride('MetadataTableConfiguration', {
        S3TablesDestination: { TableName: 'objects' },
      }),
    /Lapse-Data\/MediaBucket\w+ keeps metadata tables/,
  ],
  [
    'a bucket with a journal of metadata',
    ({ data }) =>
      first(data, CfnBucket, 'ExportFiles').addPropertyOverride('MetadataConfiguration', {
        JournalTableConfiguration: { RecordExpiration: { Expiration: 'DISABLED' } },
      }),
    /Lapse-Data\/ExportFilesBucket\w+ keeps metadata tables/,
  ],
  [
    'a user pool with a trigger',
    ({ data }) =>
      first(data, CfnUserPool).addPropertyOverride('LambdaConfig', {
        UserMigration: 'arn:aws:lambda:ap-northeast-2:1:function:f',
      }),
    /Lapse-Data\/UsersPool\w+ has triggers.*remove `lambdaTriggers`/,
  ],
  [
    'a user pool that is replicated elsewhere',
    ({ data }, id) =>
      add(
        new CfnUserPoolReplica(data, id, {
          userPoolId: first(data, CfnUserPool).ref,
          regionName: 'us-east-1',
        }),
        ['account'],
      ),
    /Lapse-Data\/Added replicates a user pool.*to "us-east-1": keep replicas to ap-northeast-2/,
  ],
];
