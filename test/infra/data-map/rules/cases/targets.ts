import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventBus, CfnSubscriber } from 'aws-cdk-lib/aws-eventsv2';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { add, first, type RuleCase } from './case.ts';

const elsewhere = 'arn:aws:events:us-east-1:1:event-bus/default';
const roleArn = 'arn:aws:iam::1:role/r';

export const targets: readonly RuleCase[] = [
  [
    'a rule whose target is the bus of another region',
    ({ chat }, id) =>
      new CfnRule(chat, id, {
        eventPattern: { source: ['lapse'] },
        targets: [{ id: 'there', arn: elsewhere }],
      }),
    /Lapse-Chat\/Added sends what comes to it out of these stacks.*name a function or a queue/,
  ],
  [
    'a rule whose failed events go elsewhere',
    ({ chat }, id) =>
      new CfnRule(chat, id, {
        scheduleExpression: 'rate(1 day)',
        targets: [
          {
            id: 'here',
            arn: first(chat, CfnFunction, 'Purge/').attrArn,
            deadLetterConfig: { arn: 'arn:aws:sqs:us-east-1:1:q' },
          },
        ],
      }),
    /Lapse-Chat\/Added sends what comes to it out of these stacks/,
  ],
  [
    'a schedule whose target is elsewhere',
    ({ chat }, id) =>
      new CfnSchedule(chat, id, {
        scheduleExpression: 'rate(1 day)',
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn: 'arn:aws:lambda:us-east-1:1:function:f', roleArn },
      }),
    /Lapse-Chat\/Added sends what comes to it out of these stacks/,
  ],
  [
    'a log that is copied elsewhere',
    ({ chat }, id) =>
      new CfnSubscriptionFilter(chat, id, {
        logGroupName: first(chat, CfnLogGroup, 'Send/').ref,
        filterPattern: '',
        destinationArn: 'arn:aws:logs:us-east-1:2:destination:d',
      }),
    /Lapse-Chat\/Added sends what comes to it out of these stacks/,
  ],
  [
    'a subscriber of a bus that sends its events elsewhere',
    ({ chat }, id) =>
      new CfnSubscriber(chat, id, {
        name: id,
        eventBusArn: 'arn:aws:events:ap-northeast-2:1:bus/b',
        invokeConfiguration: { targetArn: elsewhere, roleArn },
      }),
    /Lapse-Chat\/Added sends what comes to it out of these stacks/,
  ],
  [
    'a bus that keeps its events, not declared',
    ({ data }, id) => new CfnEventBus(data, id, { name: id }),
    /Lapse-Data\/Added is not on the data map/,
  ],
  [
    'a bus of messages that keeps them',
    ({ data }, id) => add(new CfnEventBus(data, id, { name: id }), ['message']),
    /Lapse-Data\/Added is declared to hold message/,
  ],
];
