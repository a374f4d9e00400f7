import { CfnIntegration, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { CfnEventInvokeConfig, CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { add, first, type RuleCase } from './case.ts';

export const queues: readonly RuleCase[] = [
  [
    'a queue of messages',
    ({ data }, id) => add(new Queue(data, id), ['message']),
    /Lapse-Data\/Added\w+ is declared to hold message.*kinds: \['ids'\]/,
  ],
  [
    'a log of profiles',
    ({ data }, id) => add(new LogGroup(data, id), ['ids', 'profile']),
    /Lapse-Data\/Added\w+ is declared to hold ids, profile/,
  ],
  [
    'dead letters to a queue of somebody else',
    ({ data }) =>
      first(data, CfnQueue, 'Retries/Queue').addPropertyOverride(
        'RedrivePolicy.deadLetterTargetArn',
        'arn:aws:sqs:ap-northeast-2:1:elsewhere',
      ),
    /Lapse-Data\/RetriesQueue\w+ gives its dead letters to a queue that is not in the template: make/,
  ],
  [
    'a dead-letter queue of a function',
    ({ chat, data }, id) =>
      first(chat, CfnFunction, 'Send/').addPropertyOverride('DeadLetterConfig', {
        TargetArn: data.resolve(add(new Queue(data, id)).queueArn),
      }),
    /Lapse-Chat\/SendFunction\w+ hands events that failed to a dead-letter queue.*remove the dead-letter queue/,
  ],
  [
    'a destination of asynchronous invocations',
    ({ chat }, id) =>
      new CfnEventInvokeConfig(chat, id, {
        functionName: first(chat, CfnFunction, 'Send/').ref,
        qualifier: '$LATEST',
        destinationConfig: { onFailure: { destination: 'arn:aws:sqs:ap-northeast-2:1:q' } },
      }),
    /Lapse-Chat\/Added hands events that failed/,
  ],
  [
    'records that failed put into a bucket',
    ({ chat }) =>
      first(chat, CfnEventSourceMapping, 'RetryPush').addPropertyOverride(
        'DestinationConfig.OnFailure.Destination',
        'arn:aws:s3:::bucket',
      ),
    /Lapse-Chat\/RetryPushFunctionRetries\w+ hands events that failed/,
  ],
  [
    'frames handed over asynchronously',
    ({ chat }) =>
      first(chat, CfnIntegration).addPropertyOverride('RequestParameters', {
        'integration.request.header.X-Amz-Invocation-Type': "'Event'",
      }),
    /invokes its function asynchronously.*remove the X-Amz-Invocation-Type header/,
  ],
  [
    'frames in the execution log',
    ({ chat }) => first(chat, CfnStage).addPropertyOverride('DefaultRouteSettings.DataTraceEnabled', true),
    /Lapse-Chat\/ChatStage\w+ traces data: API Gateway would log whole frames: leave `dataTraceEnabled` out/,
  ],
  [
    'frames of one route in the execution log',
    ({ chat }) =>
      first(chat, CfnStage).addPropertyOverride('RouteSettings', { send: { DataTraceEnabled: true } }),
    /Lapse-Chat\/ChatStage\w+ traces data/,
  ],
];
