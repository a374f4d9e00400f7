import { dataMap } from '../../../infra/data-map/data-map.ts';
import { markdownOf } from '../../../infra/data-map/markdown.ts';
import { readSystem } from '../../../infra/data-map/system.ts';
import { functionsOf } from '../support/functions.ts';
import { application, templates } from '../support/templates.ts';

const functionArn = 'arn:aws:lambda:ap-northeast-2:111122223333:function:review';
const review = { functionArn, recipient: 'A guardrail in our own account', timeoutMs: 900 };

const mapOf = (input: object) => {
  const { data, chat } = templates(input);
  return dataMap(
    readSystem(
      Object.entries({ 'Lapse-Data': data, 'Lapse-Chat': chat }).map(([stackName, template]) => ({
        stackName,
        region: 'ap-northeast-2',
        template: template.toJSON(),
      })),
    ),
  );
};
const callers = (input: object) =>
  Object.values(templates(input).chat.findResources('AWS::IAM::Policy'))
    .filter((policy) => JSON.stringify(policy).includes(functionArn))
    .map(({ Properties }) => JSON.stringify(Properties.Roles));

test('who sends and who edits may ask the function, and nobody else', () => {
  const asking = callers({ review });
  expect(asking).toHaveLength(2);
  expect(asking.filter((roles) => /"Send|"Edit/.test(roles))).toHaveLength(2);
  expect(callers({ review, messages: { store: false } })).toHaveLength(1);
  const told = functionsOf(templates({ review })).get('send')?.environment;
  expect(told).toMatchObject({ REVIEW_FUNCTION: functionArn, REVIEW_MILLIS: '900' });
});

test('who is behind it stands on the data map, with what is told and by whom', () => {
  const map = mapOf({ review });
  expect(map.recipients).toEqual([
    {
      name: 'A guardrail in our own account',
      address: functionArn,
      kinds: ['message'],
      purpose: expect.stringContaining('what a message is to say'),
      by: ['edit', 'send'],
    },
  ]);
  expect(markdownOf(map)).toContain(`| A guardrail in our own account | \`${functionArn}\` | message |`);
});

test('without it there is no grant, no recipient and no alarm', () => {
  expect(callers({})).toEqual([]);
  expect(mapOf({}).recipients).toEqual([]);
  expect(markdownOf(mapOf({}))).toContain('names nobody who is told anything');
  const alarms = { email: 'a@example.com' };
  const alarmed = (input: object) =>
    JSON.stringify(templates(input).watched.toJSON()).includes('ReviewFailures');
  expect([alarmed({ alarms }), alarmed({ alarms, review })]).toEqual([false, true]);
});

test('a function of another region fails the synthesis', () => {
  const elsewhere = { ...review, functionArn: functionArn.replace('ap-northeast-2', 'us-east-1') };
  expect(() => application({ review: elsewhere })).toThrow(
    'review.functionArn: the function is in us-east-1; allowed: one in ap-northeast-2, where the messages are',
  );
});
