import { Stack } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { add, first, partitionKey, type RuleCase } from './case.ts';

export const regions: readonly RuleCase[] = [
  [
    'a stack in another region',
    ({ data }, id) =>
      add(new Queue(new Stack(data.node.root, 'Elsewhere', { env: { region: 'us-east-1' } }), id)),
    /Elsewhere\/Added\w+ and its stack are in us-east-1: deploy to one of ap-northeast-2, or add/,
  ],
  [
    'a bucket that replicates',
    ({ data }) =>
      first(data, CfnBucket, 'Media').addPropertyOverride('ReplicationConfiguration', {
        Role: 'arn:aws:iam::1:role/r',
        Rules: [{ Status: 'Enabled', Destination: { Bucket: 'arn:aws:s3:::elsewhere' } }],
      }),
    /Lapse-Data\/MediaBucket\w+ copies its objects to another bucket.*remove the replication/,
  ],
  [
    'a global table with a replica elsewhere',
    ({ data }, id) => add(new TableV2(data, id, { partitionKey, replicas: [{ region: 'us-east-1' }] })),
    /Lapse-Data\/Added\w+ is replicated to us-east-1: keep replicas to ap-northeast-2, by name, or add/,
  ],
];
