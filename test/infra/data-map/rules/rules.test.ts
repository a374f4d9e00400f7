import { CfnOutput, Duration } from 'aws-cdk-lib';
import { CfnTable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventBus, CfnSubscriber } from 'aws-cdk-lib/aws-eventsv2';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Lapse } from '../../../../infra/lapse.ts';
import { application } from '../../support/templates.ts';
import { backups } from './cases/backups.ts';
import { add, first, partitionKey, type RuleCase } from './cases/case.ts';
import { copies } from './cases/copies.ts';
import { undeclared } from './cases/declared.ts';
import { ends } from './cases/ends.ts';
import { queues } from './cases/queues.ts';
import { regions } from './cases/regions.ts';
import { streams } from './cases/streams.ts';
import { targets } from './cases/targets.ts';

const cases: readonly RuleCase[] = [
  ...undeclared,
  ...ends,
  ...regions,
  ...backups,
  ...queues,
  ...streams,
  ...copies,
  ...targets,
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

const idOf = (number: number) => `Added${number}th`;

describe('a synthesis fails with', () => {
  // One synthesis of all: each complaint is about a resource of its own.
  const complaints = synthesisOf((stacks) => {
    for (const [number, [, mutate]] of cases.entries()) mutate(stacks, idOf(number));
  }).split(/(?=Lapse-(?:Data|Chat)\/|Elsewhere\/)/);

  test.each(cases.map(([what, , complaint], number) => [what, complaint, idOf(number)] as const))(
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
    'a bus of ids, with a subscriber that is a function here, and a log that one reads',
    ({ data, chat }) => {
      const bus = add(new CfnEventBus(data, 'Added', { name: 'ids' }));
      const arn = first(chat, CfnFunction, 'Purge/').attrArn;
      new CfnSubscriber(chat, 'AddedSubscriber', {
        name: 'ids',
        eventBusArn: bus.attrEventBusArn,
        invokeConfiguration: { targetArn: arn, roleArn: 'arn:aws:iam::1:role/r' },
      });
      new CfnSubscriptionFilter(chat, 'AddedFilter', {
        logGroupName: first(chat, CfnLogGroup, 'Send/').ref,
        filterPattern: '',
        destinationArn: arn,
      });
    },
  ],
  [
    'a function for which snapshots are switched off',
    ({ chat }) => first(chat, CfnFunction, 'Send/').addPropertyOverride('SnapStart', { ApplyOn: 'None' }),
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
