import type { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnEventBus, CfnSubscriber } from 'aws-cdk-lib/aws-eventsv2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, CfnSubscriptionFilter, LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { declareRecipient } from '../../../../../infra/data-map/recipient.ts';
import { add, first, type RuleCase } from './case.ts';

const elsewhere = 'arn:aws:events:us-east-1:1:event-bus/default';
const roleArn = 'arn:aws:iam::1:role/r';

/** A function of its own, which may do that there. */
function grant(chat: Stack, id: string, action: string, on: string): LambdaFunction {
  const fn = new LambdaFunction(chat, id, {
    runtime: Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: Code.fromInline('//'),
    logGroup: new LogGroup(chat, `${id}Log`),
  });
  fn.addToRolePolicy(new PolicyStatement({ actions: [action], resources: [on] }));
  return fn;
}

export const targets: readonly RuleCase[] = [
  [
    'a function that may invoke one that nobody has named',
    ({ chat }, id) => grant(chat, id, 'lambda:InvokeFunction', 'arn:aws:lambda:us-east-1:1:function:f'),
    /Lapse-Chat\/Added.* may hand over what it sees to somebody who is not on the data map.*declareRecipient/,
  ],
  [
    'a function that may put events onto a bus that is not the one it names',
    ({ chat }, id) =>
      declareRecipient(grant(chat, id, 'events:PutEvents', elsewhere), {
        name: 'Somebody',
        address: `${elsewhere}-2`,
        kinds: ['ids'],
        purpose: 'a test',
      }),
    /Lapse-Chat\/Added.* may hand over what it sees to somebody who is not on the data map/,
  ],
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
