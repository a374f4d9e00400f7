import * as z from 'zod';
import { functionIn } from './functions.ts';
import { mention, textOf } from './references.ts';
import { holders } from './resource-types.ts';
import { ofType, type Resource, read, type System } from './system.ts';

/** Something that starts a function by itself. */
export type Flow = { readonly from: string; readonly to: string; readonly service: string };

const mapping = z.object({ EventSourceArn: z.unknown(), FunctionName: z.unknown() });
const rule = z.object({
  ScheduleExpression: z.string().optional(),
  Targets: z.array(z.object({ Arn: z.unknown() })).default([]),
});
const route = z.object({ RouteKey: z.string(), Target: z.unknown() });
const authorizer = z.object({ AuthorizerUri: z.unknown() });
const integration = z.object({ IntegrationUri: z.unknown() });

export function flowsOf(system: System): readonly Flow[] {
  return [...authorizers(system), ...routes(system), ...mappings(system), ...schedules(system)];
}

function functionNamed(system: System, { stackName, id }: Resource, value: unknown): string {
  const name = functionIn(system, textOf(system, stackName, value));
  if (name === undefined) throw new Error(`${id} runs no function of the template`);
  return name;
}

function routes(system: System): readonly Flow[] {
  const integrations = ofType(system, 'AWS::ApiGatewayV2::Integration');
  return ofType(system, 'AWS::ApiGatewayV2::Route').flatMap((resource) => {
    const { RouteKey, Target } = read(resource, route);
    const target = textOf(system, resource.stackName, Target);
    return integrations
      .filter(({ id }) => target.includes(mention(id)))
      .map((each) => ({
        from: RouteKey,
        to: functionNamed(system, each, read(each, integration).IntegrationUri),
        service: 'Amazon API Gateway',
      }));
  });
}

function authorizers(system: System): readonly Flow[] {
  return ofType(system, 'AWS::ApiGatewayV2::Authorizer').map((resource) => ({
    from: 'authorizer',
    to: functionNamed(system, resource, read(resource, authorizer).AuthorizerUri),
    service: 'Amazon API Gateway',
  }));
}

function mappings(system: System): readonly Flow[] {
  return ofType(system, 'AWS::Lambda::EventSourceMapping').flatMap((resource) => {
    const { EventSourceArn, FunctionName } = read(resource, mapping);
    const source = textOf(system, resource.stackName, EventSourceArn);
    return system.resources
      .filter(({ id, declaration }) => declaration !== undefined && source.includes(mention(id)))
      .map(({ declaration, type }) => ({
        from: declaration?.name ?? '',
        to: functionNamed(system, resource, FunctionName),
        service: holders[type] ?? type,
      }));
  });
}

function schedules(system: System): readonly Flow[] {
  return ofType(system, 'AWS::Events::Rule').flatMap((resource) => {
    const { ScheduleExpression, Targets } = read(resource, rule);
    return Targets.flatMap(({ Arn }) => {
      const to = functionIn(system, textOf(system, resource.stackName, Arn));
      const from = ScheduleExpression ?? 'event';
      return to === undefined ? [] : [{ from, to, service: 'Amazon EventBridge' }];
    });
  });
}
