import { spawn } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const apns = 'arn:aws:sns:ap-northeast-2:111122223333:app/APNS/chat';

/** As `cdk` runs an app; resolves with what it wrote to standard error. */
async function synthesize(context: object): Promise<{ readonly folder: string; readonly errors: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'lapse-'));
  const child = spawn(process.execPath, ['samples/push-notifications/app.ts'], {
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({ 'aws:cdk:bundling-stacks': [], ...context }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += String(data);
  });
  await new Promise((resolve) => child.once('close', resolve));
  return { folder, errors };
}

type Statement = { readonly Action: string | string[]; readonly Resource: unknown };
type Resources = Readonly<Record<string, { readonly Type: string; readonly Properties: any }>>;

test('the stack may ask Lapse for what it delivers, use the applications it was given, and nothing else', async () => {
  const { folder } = await synthesize({ bus: 'chat', lapse: 'Lapse-Chat', apns });
  const template = await readFile(join(folder, 'LapsePushNotifications.template.json'), 'utf8');
  const { Resources: resources }: { Resources: Resources } = JSON.parse(template);
  const statements = Object.values(resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .flatMap(({ Properties }): Statement[] => Properties.PolicyDocument.Statement);
  const allowed = statements.flatMap(({ Action, Resource }) =>
    [Action].flat().map((action) => `${action} ${JSON.stringify(Resource)}`),
  );
  const on = (action: string) => allowed.filter((each) => each.startsWith(`${action} `)).join();
  expect(on('lambda:InvokeFunction')).toContain('Lapse-Chat-admin-push-delivery');
  expect(on('lambda:InvokeFunction')).toContain('Lapse-Chat-admin-push-token-end');
  expect(on('sns:CreatePlatformEndpoint')).toBe(`sns:CreatePlatformEndpoint "${apns}"`);
  expect(on('sns:Publish')).toBe(`sns:Publish "${apns.replace(':app/', ':endpoint/')}/*"`);
  expect(new Set(allowed.map((each) => each.split(' ')[0]))).toEqual(
    new Set([
      'lambda:InvokeFunction',
      'sns:CreatePlatformEndpoint',
      'sns:Publish',
      'sns:DeleteEndpoint',
      'sns:ListEndpointsByPlatformApplication',
    ]),
  );
  const rules = Object.values(resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
  expect(rules.map(({ Properties }) => Properties.EventPattern ?? Properties.ScheduleExpression)).toEqual(
    expect.arrayContaining([{ source: ['lapse'], 'detail-type': ['lapse.notification.due'] }, 'rate(1 day)']),
  );
});

test('without an application it says what to name', async () => {
  const { errors } = await synthesize({ bus: 'chat' });
  expect(errors).toContain('name a platform application of Amazon SNS: -c apns=arn:…');
});
