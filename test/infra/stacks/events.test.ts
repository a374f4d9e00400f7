import { Match } from 'aws-cdk-lib/assertions';
import { allowedTo, functionsOf } from '../support/functions.ts';
import { templates } from '../support/templates.ts';

const busArn = 'arn:aws:events:ap-northeast-2:111122223333:event-bus/chat';
const told = templates({ events: { busArn, recipient: 'our warehouse' }, alarms: {} });
const silent = templates();
const unstored = templates({ messages: { store: false }, events: { busArn, recipient: 'our warehouse' } });

const streamed = ({ data }: typeof told) =>
  Object.entries(
    data.findResources('AWS::DynamoDB::Table', { Properties: { StreamSpecification: Match.anyValue() } }),
  ).map(([id, { Properties }]) => [
    id.replace(/Table[0-9A-F]{8}$/, ''),
    Properties.StreamSpecification.StreamViewType,
  ]);

test('without the key there is no stream, no function and no queue of it', () => {
  expect(streamed(silent)).toEqual([]);
  expect(functionsOf(silent).has('publish-events')).toBe(false);
  expect(JSON.stringify([silent.data.toJSON(), silent.chat.toJSON()])).not.toMatch(
    /EventFailures|PublishEvents/,
  );
});

test('five tables have a stream of keys, and each is delivered until it is told, in halves where it fails', () => {
  const tables = ['Changes', 'Consents', 'Messages', 'Privacy', 'Reports'];
  expect(streamed(told).toSorted()).toEqual(tables.map((name) => [name, 'KEYS_ONLY']));
  const mappings = Object.values(
    told.chat.findResources('AWS::Lambda::EventSourceMapping', {
      Properties: { StartingPosition: 'TRIM_HORIZON' },
    }),
  );
  expect(mappings).toHaveLength(5);
  for (const { Properties } of mappings)
    expect(Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 21_600,
      BatchSize: 100,
      DestinationConfig: { OnFailure: { Destination: expect.anything() } },
    });
  expect(mappings.every(({ Properties }) => Properties.MaximumRetryAttempts === undefined)).toBe(true);
});

test('where messages are not stored only consents and privacy have one', () => {
  expect(streamed(unstored).toSorted()).toEqual([
    ['Consents', 'KEYS_ONLY'],
    ['Privacy', 'KEYS_ONLY'],
  ]);
  const settings = functionsOf(unstored).get('publish-events')?.environment['EVENTS'] ?? '';
  expect(JSON.parse(settings)).toMatchObject({ busArn, content: false, kinds: ['consent', 'privacy'] });
});

test('the function may read rows by their keys, put events on that bus alone, and write nothing but the retention so far', () => {
  const allowed = allowedTo(told, 'publish-events');
  const written = allowed.filter((each) => /:(Put|Update|Delete|Send|BatchWrite)/.test(each));
  expect(written).toEqual([
    expect.stringMatching(/^dynamodb:PutItem on Privacy/),
    `events:PutEvents on ${busArn}`,
    expect.stringMatching(/^logs:PutLogEvents/),
    expect.stringMatching(/^sqs:SendMessage on EventFailures/),
  ]);
  expect(allowed.filter((each) => each.startsWith('dynamodb:BatchGetItem'))).toHaveLength(5);
  expect(allowed.filter((each) => /:(Scan|Query)/.test(each))).toEqual([]);
});

test('the template names who receives the events, and two alarms tell of what is not told', () => {
  told.chat.hasResource('AWS::Lambda::Function', {
    Metadata: {
      'Lapse::Recipient': Match.objectLike({ address: busArn, name: 'our warehouse', kinds: ['ids'] }),
    },
  });
  expect(Object.keys(JSON.parse(JSON.stringify(told.chat.toJSON())).Resources).join()).toContain(
    'PublishEvents',
  );
});
