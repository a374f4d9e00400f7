import { Match } from 'aws-cdk-lib/assertions';
import { allowedTo, functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
const recipient = 'our notifier';
const notifying = templates({ notifications: { busArn, recipient }, alarms: {} });
const showing = templates({ notifications: { busArn, recipient, show: 'text' } });
const silent = templates();
const functions = [
  ...['push-token', 'queue-notifications', 'notify-members'],
  ...['admin-push-delivery', 'admin-push-token-end'],
];
const writes = (name: string) =>
  allowedTo(notifying, name).filter((each) => /:(Put|Update|Delete|Send|BatchWrite|Publish)/.test(each));

test('without the key there is no function, no queue, no stream and no route of it', () => {
  for (const name of functions) {
    expect(functionsOf(silent).has(name)).toBe(false);
    expect(functionsOf(notifying).has(name)).toBe(true);
  }
  const all = JSON.stringify([silent.data.toJSON(), silent.chat.toJSON()]);
  expect(all).not.toMatch(/Notif(ication|y)[A-Z]|Notifications|PushToken|StreamSpecification/);
  expect(functionsOf(silent).get('carry-out-erasures')?.environment['NOTIFICATIONS']).toBe('null');
});

test('only the messages have a stream, of keys', () => {
  const streamed = notifying.data.findResources('AWS::DynamoDB::Table', {
    Properties: { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } },
  });
  expect(Object.keys(streamed)).toEqual([expect.stringMatching(/^MessagesTable/)]);
  notifying.chat.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
    StartingPosition: 'TRIM_HORIZON',
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 21_600,
    DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
  });
});

test('each function may do what it is for and no more', () => {
  expect(writes('queue-notifications')).toEqual([
    expect.stringMatching(/^logs:PutLogEvents/),
    expect.stringMatching(/^sqs:SendMessage on NotificationFailures/),
    expect.stringMatching(/^sqs:SendMessage on Notifications/),
  ]);
  expect(allowedTo(notifying, 'queue-notifications').filter((each) => /Item|Query/.test(each))).toEqual([]);
  expect(writes('notify-members')).toEqual([
    expect.stringMatching(/^dynamodb:PutItem on Privacy/),
    `events:PutEvents on ${busArn}`,
    expect.stringMatching(/^logs:PutLogEvents/),
    expect.stringMatching(/^sqs:DeleteMessage on Notifications/),
    expect.stringMatching(/^sqs:SendMessage on Notifications/),
  ]);
  expect(writes('push-token').filter((each) => each.startsWith('dynamodb'))).toEqual([
    expect.stringMatching(/^dynamodb:DeleteItem on Personal/),
    expect.stringMatching(/^dynamodb:PutItem on Personal/),
    expect.stringMatching(/^dynamodb:UpdateItem on RateLimits/),
  ]);
  for (const name of ['notify-members', 'queue-notifications'])
    expect(allowedTo(notifying, name).filter((each) => /GetItem on Personal/.test(each))).toEqual(
      name === 'notify-members' ? [expect.stringMatching(/^dynamodb:BatchGetItem on Personal/)] : [],
    );
  expect(writes('admin-push-delivery').filter((each) => each.includes('Personal'))).toEqual([]);
});

const recipientsIn = (of: typeof notifying) =>
  Object.values(of.chat.findResources('AWS::Lambda::Function')).flatMap(({ Metadata }) => {
    const found = Metadata?.['Lapse::Recipient'];
    return found === undefined ? [] : [[found.name, found.address, found.kinds]];
  });

test('the template names who learns of it, the tokens they get, and what may be shown', () => {
  expect(recipientsIn(silent)).toEqual([]);
  expect(recipientsIn(notifying)).toEqual([
    [recipient, busArn, ['ids']],
    [recipient, busArn, ['account']],
  ]);
  expect(recipientsIn(showing)).toEqual([
    [recipient, busArn, ['ids']],
    [recipient, busArn, ['account', 'profile', 'message']],
  ]);
});

test('alarms tell of a stream that is not read, of a queue that is not worked off, and of what was given up', () => {
  const named = Object.values(notifying.chat.findResources('AWS::CloudWatch::Alarm')).map(
    ({ Properties }) => Properties.AlarmName as string,
  );
  for (const id of ['NotificationAge', 'NotificationQueueAge', 'NotificationFailures'])
    expect(named.filter((name) => name.endsWith(`-${id}`))).toHaveLength(1);
});
