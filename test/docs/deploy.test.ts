import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { today } from '../../bench/cost/measured.ts';
import { parseConfiguration } from '../../infra/configuration/parse-configuration.ts';
import { templates } from '../infra/support/templates.ts';

const page = readFileSync(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const [, example = ''] = /## 1\. Decide.*?```json\n(.*?)```/s.exec(page) ?? [];
const resources = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

/** AWS takes nothing for these, however many. */
const free =
  /^AWS::(IAM::\w+|ApiGatewayV2::(Authorizer|Integration|Route|RouteResponse|Stage)|Lambda::Permission|SNS::(Subscription|TopicPolicy)|SQS::QueuePolicy|S3::BucketPolicy|Cognito::UserPoolClient)$/;

test('the configuration of the first step is one', () => {
  expect(parseConfiguration('docs/deploy.md', JSON.parse(example))).toMatchObject({ accessLog: false });
});

test('the password of the first people is one that the user pool takes', () => {
  const [, password = ''] = /^PASSWORD='(.*)'$/m.exec(page) ?? [];
  const [pool] = Object.values(templates().data.findResources('AWS::Cognito::UserPool'));
  expect(pool?.['Properties'].Policies.PasswordPolicy).toEqual({
    MinimumLength: 12,
    RequireLowercase: true,
    RequireNumbers: true,
    RequireSymbols: true,
    RequireUppercase: true,
  });
  expect(password).toMatch(/^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[-!]).{12,}$/);
});

test('what costs is listed, with as many as the template has', () => {
  const { data, chat } = templates(JSON.parse(example));
  const counts = new Map<string, number>();
  for (const template of [data, chat])
    for (const { Type } of Object.values(resources.parse(template.toJSON()).Resources))
      if (!free.test(Type)) counts.set(Type, (counts.get(Type) ?? 0) + 1);
  const listed = [...page.matchAll(/^\| `(AWS::[\w:]+)` \| (\d+) \|/gm)].map(([, type, count]) => [
    type,
    Number(count),
  ]);
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(counts));
});

const alarm = z.object({
  Properties: z.object({
    MetricName: z.string().optional(),
    Metrics: z.array(z.object({ MetricStat: z.unknown().optional() })).optional(),
  }),
});

/** What is billed: each metric that an alarm lists. A query is billed by what it finds: nothing while nothing is throttled. */
const alarmMetrics = (input: unknown): number =>
  Object.values(templates(input).watched.findResources('AWS::CloudWatch::Alarm'))
    .map((each) => alarm.parse(each).Properties)
    .map(({ Metrics }) => Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1)
    .reduce((total, count) => total + count, 0);

test('the sum of the alarms is what they cost, together and one by one', () => {
  const [, sum] = /`AWS::CloudWatch::Alarm` \| \d+ \| ([\d.]+) USD/.exec(page) ?? [];
  expect(Number(sum)).toBeCloseTo((alarmMetrics(JSON.parse(example)) - 10) * 0.1, 2);
  expect(today.alarmMetrics).toBe(alarmMetrics(JSON.parse(example)));
  const [, more] = /`"watch": "resources"`[^.]*?([\d.]+) USD/.exec(page) ?? [];
  const each = { ...JSON.parse(example), alarms: { ...JSON.parse(example).alarms, watch: 'resources' } };
  expect(Number(more)).toBeCloseTo((alarmMetrics(each) - 10) * 0.1, 2);
});
