import * as z from 'zod';
import { mention, textOf } from '../references.ts';
import { ofType, type Resource, read, type System } from '../system.ts';
import type { Rule } from './violation.ts';

const deadLetters = z.object({ Arn: z.unknown() }).optional();
const target = z.object({ Arn: z.unknown(), DeadLetterConfig: deadLetters });
const eventRule = z.object({ Targets: z.array(target).default([]) });
const schedule = z.object({ Target: target });
const subscriber = z.object({
  InvokeConfiguration: z.object({ TargetArn: z.unknown() }),
  OnFailureConfiguration: deadLetters,
});
const logFilter = z.object({ DestinationArn: z.unknown() });

/** Where each type of wiring sends what comes to it. */
const destinations: Readonly<Record<string, (resource: Resource) => readonly unknown[]>> = {
  'AWS::Events::Rule': (resource) => read(resource, eventRule).Targets.flatMap(arnsOf),
  'AWS::EventsV2::Subscriber': (resource) => {
    const { InvokeConfiguration, OnFailureConfiguration } = read(resource, subscriber);
    return arnsOf({ Arn: InvokeConfiguration.TargetArn, DeadLetterConfig: OnFailureConfiguration });
  },
  'AWS::Logs::SubscriptionFilter': (resource) => [read(resource, logFilter).DestinationArn],
  'AWS::Scheduler::Schedule': (resource) => arnsOf(read(resource, schedule).Target),
};

function arnsOf({ Arn, DeadLetterConfig }: z.infer<typeof target>): readonly unknown[] {
  return DeadLetterConfig === undefined ? [Arn] : [Arn, DeadLetterConfig.Arn];
}

/** A bus, a function or a stream of another region or account has the same kind of address as one of these stacks. */
export const everyTargetIsHere: Rule = (system) =>
  ofType(system, ...Object.keys(destinations))
    .filter((resource) =>
      destinations[resource.type]?.(resource).some((arn) => !isHere(system, resource, arn)),
    )
    .map((resource) => ({
      rule: 'target-elsewhere',
      resource,
      fault: 'sends what comes to it out of these stacks, to any region or account that the address names',
      fix: 'name a function or a queue that is made in one of the stacks',
    }));

function isHere(system: System, { stackName }: Resource, arn: unknown): boolean {
  const text = textOf(system, stackName, arn);
  return system.resources.some(({ id }) => text.includes(mention(id)));
}
