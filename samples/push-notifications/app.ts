import { App, ArnFormat, aws_events, aws_events_targets, aws_iam, Duration, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * `npx cdk deploy --app 'node samples/push-notifications/app.ts' -c bus=chat -c lapse=Lapse-Chat -c apns=arn:… -c fcm=arn:…`, in
 * the account and region of Lapse.
 */
const app = new App();
const stack = new Stack(app, 'LapsePushNotifications');
const context = (key: string): string | undefined => app.node.tryGetContext(key);

const lapse = context('lapse') ?? 'Lapse-Chat';
const applications = {
  APNS_APPLICATION_ARN: context('apns'),
  APNS_SANDBOX_APPLICATION_ARN: context('apns-sandbox'),
  FCM_APPLICATION_ARN: context('fcm'),
};
const named = Object.entries(applications).flatMap(([name, arn]) => (arn === undefined ? [] : [[name, arn]]));
if (named.length === 0)
  throw new Error(
    'name a platform application of Amazon SNS: -c apns=arn:…, -c apns-sandbox=arn:… or -c fcm=arn:…',
  );
const arns = named.flatMap(([, arn]) => arn ?? []);
/** `arn:…:app/APNS/chat`: its endpoints are `arn:…:endpoint/APNS/chat/…`. */
const endpoints = arns.map((arn) => `${arn.replace(':app/', ':endpoint/')}/*`);

function addFunction(id: string, handler: string, seconds: number): NodejsFunction {
  return new NodejsFunction(stack, id, {
    entry: new URL('handler.ts', import.meta.url).pathname,
    handler,
    runtime: Runtime.NODEJS_24_X,
    timeout: Duration.seconds(seconds),
    environment: { LAPSE_STACK: lapse, ...Object.fromEntries(named) },
    logGroup: new LogGroup(stack, `${id}Log`, { retention: RetentionDays.ONE_WEEK }),
  });
}
const allow = (fn: NodejsFunction, actions: string[], resources: string[]) =>
  fn.addToRolePolicy(new aws_iam.PolicyStatement({ actions, resources }));

const notify = addFunction('Notify', 'handler', 30);
const functionArn = (name: string) =>
  stack.formatArn({
    service: 'lambda',
    resource: 'function',
    resourceName: `${lapse}-${name}`,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
allow(notify, ['lambda:InvokeFunction'], ['admin-push-delivery', 'admin-push-token-end'].map(functionArn));
allow(notify, ['sns:CreatePlatformEndpoint'], arns);
allow(notify, ['sns:Publish', 'sns:DeleteEndpoint'], endpoints);

new aws_events.Rule(stack, 'Due', {
  eventBus: aws_events.EventBus.fromEventBusName(stack, 'Bus', context('bus') ?? 'default'),
  eventPattern: { source: ['lapse'], detailType: ['lapse.notification.due'] },
  targets: [
    new aws_events_targets.LambdaFunction(notify, {
      // A notification that is an hour late is none. Ids alone.
      maxEventAge: Duration.hours(1),
      deadLetterQueue: new Queue(stack, 'NotDelivered', {
        enforceSSL: true,
        retentionPeriod: Duration.days(1),
      }),
    }),
  ],
});

const forget = addFunction('ForgetEndpoints', 'forget', 900);
allow(forget, ['sns:ListEndpointsByPlatformApplication'], arns);
allow(forget, ['sns:DeleteEndpoint'], endpoints);
new aws_events.Rule(stack, 'Daily', {
  schedule: aws_events.Schedule.rate(Duration.days(1)),
  targets: [new aws_events_targets.LambdaFunction(forget)],
});
