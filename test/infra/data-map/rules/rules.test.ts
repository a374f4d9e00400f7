import { CfnOutput, CfnResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnIntegration, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { BackupPlan, BackupPlanRule } from 'aws-cdk-lib/aws-backup';
import { AttributeType, CfnTable, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import {
  CfnEventInvokeConfig,
  CfnEventSourceMapping,
  CfnFunction,
  Code,
  Function as LambdaFunction,
  Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import type { IConstruct } from 'constructs';
import { type Declaration, declarationKey } from '../../../../infra/data-map/declaration.ts';
import { declare } from '../../../../infra/data-map/declare.ts';
import type { Lapse } from '../../../../infra/lapse.ts';
import { application } from '../../support/templates.ts';

const partitionKey = { name: 'id', type: AttributeType.STRING };

const declared = (kinds: Declaration['kinds'], name: string): Declaration => ({
  name,
  kinds,
  purpose: 'a test',
  deletion: 'by the test',
});

/** Adds something and says what it holds. */
function add<Added extends IConstruct>(
  added: Added,
  kinds: Declaration['kinds'] = ['ids'],
  name: string = added.node.id,
): Added {
  declare(added, declared(kinds, name));
  return added;
}

/** The resources of a stack that are of that class, as `node.findAll` finds them. */
function first<Kind extends CfnResource>(
  stack: Stack,
  kind: abstract new (...args: never[]) => Kind,
  path = '',
): Kind {
  const found = stack.node.findAll().find((each) => each instanceof kind && each.node.path.includes(path));
  if (found instanceof kind) return found;
  throw new Error(`no ${kind.name} ${path}`);
}

/** A complaint names what the row added as `Added`. */
type Row = readonly [what: string, mutate: (stacks: Lapse, id: string) => unknown, complaint: RegExp];

const rows: readonly Row[] = [
  [
    'a table that is not declared',
    ({ data }, id) => new Table(data, id, { partitionKey }),
    /Lapse-Data\/Added\w+ is not on the data map.*call declare\(/,
  ],
  [
    'a bucket that is not declared',
    ({ chat }, id) => new Bucket(chat, id),
    /Lapse-Chat\/Added\w+ is not on the data map.*call declare\(/,
  ],
  [
    'a queue that is not declared',
    ({ data }, id) => new Queue(data, id),
    /Lapse-Data\/Added\w+ is not on the data map/,
  ],
  [
    'a topic that is not declared',
    ({ data }, id) => new Topic(data, id),
    /Lapse-Data\/Added\w+ is not on the data map/,
  ],
  [
    'a declaration that leaves out how deletion reaches it',
    ({ data }) =>
      first(data, CfnTable).addMetadata(declarationKey, { name: 'x', kinds: ['ids'], purpose: 'y' }),
    /Lapse-Data\/\w+ is not on the data map, or not in full/,
  ],
  [
    'a data kind that nobody knows',
    ({ data }) =>
      first(data, CfnTable).addMetadata(declarationKey, { ...declared(['ids'], 'x'), kinds: ['location'] }),
    /is not on the data map, or not in full/,
  ],
  [
    'two stores of one name',
    ({ data }, id) => {
      add(new Table(data, `${id}One`, { partitionKey }), ['ids'], id);
      add(new Table(data, `${id}Two`, { partitionKey }), ['ids'], id);
    },
    /Lapse-Data\/AddedTwo\w+ has a name on the data map, Added, that another store has: declare it under a name of its own/,
  ],
  [
    'a type of resource that nobody has judged',
    ({ data }, id) => new CfnResource(data, id, { type: 'AWS::RDS::DBInstance' }),
    /Lapse-Data\/Added is of a type, AWS::RDS::DBInstance, .*infra\/data-map\/resource-types\.ts/,
  ],
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
  [
    'point-in-time recovery for longer than the retention',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 8,
      }),
    /Lapse-Data\/MessagesTable\w+ can be brought back from backups for 8 d, and 7 d is promised: .*`recoveryPeriodInDays`/,
  ],
  [
    'point-in-time recovery of the usual length',
    ({ data }) =>
      first(data, CfnTable, 'Profiles').addPropertyOverride('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: true,
      }),
    /Lapse-Data\/ProfilesTable\w+ can be brought back from backups for 35 d/,
  ],
  [
    'a backup plan that keeps for longer',
    ({ data }, id) => BackupPlan.daily35DayRetention(data, id),
    /Lapse-Data\/Added\w+ keeps backups for longer than the 7 d that are promised.*`deleteAfter`/,
  ],
  [
    'a backup plan that keeps for ever',
    ({ data }, id) => new BackupPlan(data, id, { backupPlanRules: [new BackupPlanRule({})] }),
    /Lapse-Data\/Added\w+ keeps backups for longer than the 7 d that are promised, or for ever/,
  ],
  [
    'a queue of messages',
    ({ data }, id) => add(new Queue(data, id), ['message']),
    /Lapse-Data\/Added\w+ is declared to hold message.*kinds: \['ids'\]/,
  ],
  [
    'a log of profiles',
    ({ data }, id) => add(new LogGroup(data, id), ['ids', 'profile']),
    /Lapse-Data\/Added\w+ is declared to hold ids, profile/,
  ],
  [
    'dead letters to a queue of somebody else',
    ({ data }) =>
      first(data, CfnQueue, 'Retries/Queue').addPropertyOverride(
        'RedrivePolicy.deadLetterTargetArn',
        'arn:aws:sqs:ap-northeast-2:1:elsewhere',
      ),
    /Lapse-Data\/RetriesQueue\w+ gives its dead letters to a queue that is not in the template: make/,
  ],
  [
    'a dead-letter queue of a function',
    ({ chat, data }, id) =>
      first(chat, CfnFunction, 'Send/').addPropertyOverride('DeadLetterConfig', {
        TargetArn: data.resolve(add(new Queue(data, id)).queueArn),
      }),
    /Lapse-Chat\/SendFunction\w+ hands events that failed to a dead-letter queue.*remove the dead-letter queue/,
  ],
  [
    'a destination of asynchronous invocations',
    ({ chat }, id) =>
      new CfnEventInvokeConfig(chat, id, {
        functionName: first(chat, CfnFunction, 'Send/').ref,
        qualifier: '$LATEST',
        destinationConfig: { onFailure: { destination: 'arn:aws:sqs:ap-northeast-2:1:q' } },
      }),
    /Lapse-Chat\/Added hands events that failed/,
  ],
  [
    'records that failed put into a bucket',
    ({ chat }) =>
      first(chat, CfnEventSourceMapping, 'RetryPush').addPropertyOverride(
        'DestinationConfig.OnFailure.Destination',
        'arn:aws:s3:::bucket',
      ),
    /Lapse-Chat\/RetryPushFunctionRetries\w+ hands events that failed/,
  ],
  [
    'frames handed over asynchronously',
    ({ chat }) =>
      first(chat, CfnIntegration).addPropertyOverride('RequestParameters', {
        'integration.request.header.X-Amz-Invocation-Type': "'Event'",
      }),
    /invokes its function asynchronously.*remove the X-Amz-Invocation-Type header/,
  ],
  [
    'frames in the execution log',
    ({ chat }) => first(chat, CfnStage).addPropertyOverride('DefaultRouteSettings.DataTraceEnabled', true),
    /Lapse-Chat\/ChatStage\w+ traces data: API Gateway would log whole frames: leave `dataTraceEnabled` out/,
  ],
  [
    'frames of one route in the execution log',
    ({ chat }) =>
      first(chat, CfnStage).addPropertyOverride('RouteSettings', { send: { DataTraceEnabled: true } }),
    /Lapse-Chat\/ChatStage\w+ traces data/,
  ],
  [
    'a stream that nobody reads',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('StreamSpecification', {
        StreamViewType: StreamViewType.NEW_IMAGE,
      }),
    /Lapse-Data\/MessagesTable\w+ has a stream that keeps each change.*leave the stream out, or map it/,
  ],
  [
    'a Kinesis stream that nobody reads',
    ({ data }, id) => add(new Stream(data, id, { removalPolicy: RemovalPolicy.DESTROY })),
    /Lapse-Data\/Added\w+ has a stream that keeps each change/,
  ],
];

function synthesisOf(mutate: (stacks: Lapse) => unknown): string {
  const { app, stacks } = application();
  mutate(stacks);
  try {
    app.synth();
    return 'no complaint';
  } catch (error) {
    return String(error).replaceAll(/\s+/g, ' ');
  }
}

const idOf = (row: number) => `Added${row}th`;

describe('a synthesis fails with', () => {
  // One synthesis of all: each complaint is about a resource of its own.
  const complaints = synthesisOf((stacks) => {
    for (const [row, [, mutate]] of rows.entries()) mutate(stacks, idOf(row));
  }).split(/(?=Lapse-(?:Data|Chat)\/|Elsewhere\/)/);

  test.each(rows.map(([what, , complaint], row) => [what, complaint, idOf(row)] as const))(
    '%s',
    (_what, complaint, id) => {
      const expected = new RegExp(complaint.source.replaceAll('Added', id));
      expect(complaints).toContainEqual(expect.stringMatching(expected));
    },
  );
});

test('a stack in a region that the operator does not name fails the synthesis', () => {
  const { app, stacks } = application({ regions: ['ap-northeast-2', 'eu-west-1'] }, 'eu-west-1');
  expect(() => app.synth()).not.toThrow();
  expect(stacks.data.region).toBe('eu-west-1');
});

test.each<readonly [string, (stacks: Lapse) => unknown]>([
  ['nothing', () => undefined],
  ['an output', ({ data }) => new CfnOutput(data, 'Added', { value: 'x' })],
  ['a declared table of ids', ({ data }) => add(new Table(data, 'Added', { partitionKey }))],
  [
    'a versioned bucket whose older versions end',
    ({ data }) =>
      add(
        new Bucket(data, 'Added', {
          versioned: true,
          lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(1) }],
        }),
      ),
  ],
  [
    'point-in-time recovery within the retention',
    ({ data }) =>
      first(data, CfnTable, 'Messages').addPropertyOverride('PointInTimeRecoverySpecification', {
        PointInTimeRecoveryEnabled: true,
        RecoveryPeriodInDays: 7,
      }),
  ],
  [
    'a stream that a function reads',
    ({ data, chat }) => {
      const table = add(new Table(data, 'Added', { partitionKey, stream: StreamViewType.KEYS_ONLY }));
      new CfnEventSourceMapping(chat, 'AddedMapping', {
        functionName: first(chat, CfnFunction, 'RetryPush/').ref,
        eventSourceArn: table.tableStreamArn ?? '',
      });
    },
  ],
])('%s passes', (_what, mutate) => {
  expect(synthesisOf(mutate)).toBe('no complaint');
});
