import * as z from 'zod';
import { mention, textOf } from '../references.ts';
import { ofType, type Resource, read, type System } from '../system.ts';
import type { Rule, Violation } from './violation.ts';

export const queuesHoldIdsOnly: Rule = (system) =>
  ofType(system, 'AWS::SQS::Queue', 'AWS::SNS::Topic', 'AWS::Logs::LogGroup', 'AWS::EventsV2::EventBus')
    .filter(({ declaration }) => declaration?.kinds.some((kind) => kind !== 'ids'))
    .map((resource) => ({
      rule: 'content-in-queue',
      resource,
      fault: `is declared to hold ${resource.declaration?.kinds.join(', ')}, and an erasure cannot reach into it`,
      fix: "let it carry ids that the consumer reads anew, and declare kinds: ['ids']",
    }));

const redrive = z.object({ RedrivePolicy: z.object({ deadLetterTargetArn: z.unknown() }).optional() });

export const deadLettersStayHere: Rule = (system) =>
  ofType(system, 'AWS::SQS::Queue').flatMap((resource) => {
    const target = read(resource, redrive).RedrivePolicy?.deadLetterTargetArn;
    if (target === undefined || isQueueHere(system, resource, target)) return [];
    return [
      {
        rule: 'dead-letters-elsewhere',
        resource,
        fault: 'gives its dead letters to a queue that is not in the template',
        fix: 'make the dead-letter queue in the same stack and declare it',
      },
    ];
  });

function isQueueHere(system: System, { stackName }: Resource, target: unknown): boolean {
  const text = textOf(system, stackName, target);
  return ofType(system, 'AWS::SQS::Queue').some(({ id }) => text.includes(mention(id)));
}

const deadLetter = z.object({ DeadLetterConfig: z.unknown().optional() });
const destinations = z.object({ DestinationConfig: z.unknown().optional() });

const wholeEvents = (resource: Resource): Violation => ({
  rule: 'content-in-queue',
  resource,
  fault:
    'hands events that failed to a dead-letter queue or a destination, as a whole, with whatever is in them',
  fix: 'remove the dead-letter queue or destination; put ids into a queue that a function consumes, and let that queue have the dead letters',
});

export const noFunctionKeepsItsEvents: Rule = (system) => [
  ...ofType(system, 'AWS::Lambda::Function')
    .filter((resource) => read(resource, deadLetter).DeadLetterConfig !== undefined)
    .map(wholeEvents),
  ...ofType(system, 'AWS::Lambda::EventInvokeConfig')
    .filter((resource) => read(resource, destinations).DestinationConfig !== undefined)
    .map(wholeEvents),
  // Of a stream a queue is told the position alone, a bucket the records.
  ...ofType(system, 'AWS::Lambda::EventSourceMapping')
    .filter((resource) => JSON.stringify(read(resource, destinations).DestinationConfig ?? '').includes('s3'))
    .map(wholeEvents),
];

const integration = z.object({ RequestParameters: z.record(z.string(), z.unknown()).default({}) });

/** Lambda queues an asynchronous event, for up to six hours and two repeats. */
export const noFrameIsQueued: Rule = (system) =>
  ofType(system, 'AWS::ApiGatewayV2::Integration')
    .filter((resource) =>
      Object.entries(read(resource, integration).RequestParameters).some(
        ([name, value]) => name.endsWith('X-Amz-Invocation-Type') && value !== "'RequestResponse'",
      ),
    )
    .map((resource) => ({
      rule: 'content-in-queue',
      resource,
      fault:
        'invokes its function asynchronously: Lambda would keep the frame in a queue of its own for hours',
      fix: 'remove the X-Amz-Invocation-Type header: the function answers the frame',
    }));

const stage = z.object({
  DefaultRouteSettings: z.object({ DataTraceEnabled: z.boolean() }).partial().default({}),
  RouteSettings: z.unknown().optional(),
});

export const noFrameIsLogged: Rule = (system) =>
  ofType(system, 'AWS::ApiGatewayV2::Stage')
    .filter((resource) => {
      const { DefaultRouteSettings, RouteSettings } = read(resource, stage);
      return (
        DefaultRouteSettings.DataTraceEnabled === true ||
        JSON.stringify(RouteSettings ?? '').includes('"DataTraceEnabled":true')
      );
    })
    .map((resource) => ({
      rule: 'content-in-log',
      resource,
      fault: 'traces data: API Gateway would log whole frames',
      fix: 'leave `dataTraceEnabled` out',
    }));
