import * as z from 'zod';
import type { LocalSchedule } from '../model/system-model.ts';
import { StartupError } from '../process/startup-error.ts';
import { nameInFunctionArn } from './physical-ids.ts';
import { ofType, readProperties } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const target = z.object({ Arn: z.string(), Input: z.string().optional() });

const ruleShape = z.object({
  ScheduleExpression: z.string({ error: 'rules on event patterns are not served by the local runtime' }),
  State: z.string().default('ENABLED'),
  Targets: z.array(target).default([]),
});

const scheduleShape = z.object({
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z
    .literal('UTC', { error: 'only UTC is served by the local runtime' })
    .optional(),
  State: z.string().default('ENABLED'),
  Target: target,
});

const scheduleOf = (
  resource: ResolvedResource,
  expression: string,
  { Arn, Input }: z.infer<typeof target>,
): LocalSchedule => {
  if (!Arn.includes(':function:'))
    throw new StartupError(
      `template: ${resource.logicalId}: only a function can be scheduled here, not ${Arn}`,
    );
  return {
    scheduleName: resource.ref,
    functionName: nameInFunctionArn(Arn),
    expression,
    ...(Input !== undefined && { input: JSON.parse(Input) }),
  };
};

export function readSchedules(resources: readonly ResolvedResource[]): readonly LocalSchedule[] {
  const rules = ofType(resources, 'AWS::Events::Rule').flatMap((resource) => {
    const { ScheduleExpression, State, Targets } = readProperties(resource, ruleShape);
    return State === 'DISABLED' ? [] : Targets.map((item) => scheduleOf(resource, ScheduleExpression, item));
  });
  const schedules = ofType(resources, 'AWS::Scheduler::Schedule').flatMap((resource) => {
    const { ScheduleExpression, State, Target } = readProperties(resource, scheduleShape);
    return State === 'DISABLED' ? [] : [scheduleOf(resource, ScheduleExpression, Target)];
  });
  return [...rules, ...schedules];
}
