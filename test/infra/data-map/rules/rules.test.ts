import { CfnOutput, Duration } from 'aws-cdk-lib';
import { CfnTable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Lapse } from '../../../../infra/lapse.ts';
import { application } from '../../support/templates.ts';
import { backups } from './cases/backups.ts';
import { add, first, partitionKey, type RuleCase } from './cases/case.ts';
import { undeclared } from './cases/declared.ts';
import { ends } from './cases/ends.ts';
import { queues } from './cases/queues.ts';
import { regions } from './cases/regions.ts';
import { streams } from './cases/streams.ts';

const cases: readonly RuleCase[] = [...undeclared, ...ends, ...regions, ...backups, ...queues, ...streams];

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
