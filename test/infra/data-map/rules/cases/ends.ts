import { Duration } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { add, first, type RuleCase } from './case.ts';

export const ends: readonly RuleCase[] = [
  [
    'a log group without retention',
    ({ chat }, id) => add(new LogGroup(chat, id, { retention: RetentionDays.INFINITE })),
    /Lapse-Chat\/Added\w+ is a log group that keeps its lines for ever: .*`retention`/,
  ],
  [
    'one of the log groups without retention',
    ({ chat }) => first(chat, CfnLogGroup, 'Send/').addPropertyDeletionOverride('RetentionInDays'),
    /Lapse-Chat\/SendLogs\w+ is a log group that keeps its lines for ever/,
  ],
  [
    'a function without a log group',
    ({ chat }, id) =>
      new LambdaFunction(chat, id, {
        runtime: Runtime.NODEJS_24_X,
        handler: 'index.handler',
        code: Code.fromInline('0'),
      }),
    /Lapse-Chat\/Added\w+ is a function without a log group of its own.*`logGroup` with a retention/,
  ],
  [
    'a table of messages without time to live',
    ({ data }) => first(data, CfnTable, 'Messages').addPropertyDeletionOverride('TimeToLiveSpecification'),
    /Lapse-Data\/MessagesTable\w+ holds messages or profiles and nothing in it ends.*`timeToLiveAttribute`/,
  ],
  [
    'a bucket of messages without lifecycle',
    ({ data }, id) => add(new Bucket(data, id), ['message']),
    /Lapse-Data\/Added\w+ holds messages or profiles and nothing in it ends.*a bucket a lifecycle rule/,
  ],
  [
    'a lifecycle for some objects only',
    ({ data }, id) =>
      add(new Bucket(data, id, { lifecycleRules: [{ prefix: 'a/', expiration: Duration.days(1) }] }), [
        'message',
      ]),
    /Lapse-Data\/Added\w+ holds messages or profiles and nothing in it ends/,
  ],
  [
    'a versioned bucket without non-current expiry',
    ({ data }, id) => add(new Bucket(data, id, { versioned: true })),
    /Lapse-Data\/Added\w+ is a versioned bucket .*`versioned: false`.*`noncurrentVersionExpiration`/,
  ],
  [
    'the bucket of media versioned',
    ({ data }) =>
      first(data, CfnBucket, 'Media').addPropertyOverride('VersioningConfiguration.Status', 'Enabled'),
    /Lapse-Data\/MediaBucket\w+ is a versioned bucket/,
  ],
];
