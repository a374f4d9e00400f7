import * as z from 'zod';
import { limits } from '../gateway/connection/limits.ts';
import type { LocalApi, LocalAuthorizer, LocalRoute } from '../model/model.ts';
import { StartupError } from '../process/startup-error.ts';
import { nameInFunctionArn, type Place } from './physical-ids.ts';
import { flag, ofType, readProperties, wholeNumber } from './read-properties.ts';
import type { ResolvedResource } from './resolved-resources.ts';

const routeShape = z.object({
  RouteKey: z.string(),
  Target: z.string(),
  AuthorizationType: z.string().optional(),
  AuthorizerId: z.string().optional(),
});

const stageShape = z.object({
  StageName: z.string(),
  AutoDeploy: flag.default(false),
  DeploymentId: z.string().optional(),
  DefaultRouteSettings: z
    .object({
      ThrottlingRateLimit: z.coerce.number().optional(),
      ThrottlingBurstLimit: z.coerce.number().optional(),
    })
    .optional(),
});

/** What is longer than 29 s cannot be had for a WebSocket API. */
const integrationShape = z.object({
  IntegrationUri: z.string(),
  TimeoutInMillis: wholeNumber.min(50).max(limits.integrationTimeoutMs).optional(),
});
const authorizerShape = z.object({
  AuthorizerUri: z.string(),
  AuthorizerType: z.literal('REQUEST'),
  IdentitySource: z.array(z.string()).default([]),
});
const routeResponseShape = z.object({ RouteId: z.string(), RouteResponseKey: z.string() });
const apiShape = z.object({ ProtocolType: z.string(), RouteSelectionExpression: z.string() });

const onlyOne = <T>(items: readonly T[], what: string): T => {
  const [item, ...others] = items;
  if (item === undefined || others.length > 0)
    throw new StartupError(`template: exactly one ${what} is served here, found ${items.length}`);
  return item;
};

const throttlingOf = (
  settings: z.infer<typeof stageShape>['DefaultRouteSettings'],
): Pick<LocalApi, 'throttling'> =>
  settings?.ThrottlingRateLimit === undefined || settings.ThrottlingBurstLimit === undefined
    ? {}
    : { throttling: { ratePerSecond: settings.ThrottlingRateLimit, burst: settings.ThrottlingBurstLimit } };

/** The WebSocket API as deployed: routes with their functions, the stage and its throttling. */
export function readApi(resources: readonly ResolvedResource[], place: Place): LocalApi {
  const api = onlyOne(ofType(resources, 'AWS::ApiGatewayV2::Api'), 'WebSocket API');
  const { ProtocolType, RouteSelectionExpression } = readProperties(api, apiShape);
  if (ProtocolType !== 'WEBSOCKET')
    throw new StartupError(`template: ${ProtocolType} APIs are not served here (${api.logicalId})`);
  const stage = readProperties(
    onlyOne(ofType(resources, 'AWS::ApiGatewayV2::Stage'), 'stage of the API'),
    stageShape,
  );
  if (!stage.AutoDeploy && stage.DeploymentId === undefined) {
    throw new StartupError(
      `template: stage ${stage.StageName} has no deployment, so its routes would not exist`,
    );
  }
  return {
    apiId: api.ref,
    stage: stage.StageName,
    region: place.region,
    accountId: place.accountId,
    routeSelectionExpression: RouteSelectionExpression,
    routes: readRoutes(resources),
    ...throttlingOf(stage.DefaultRouteSettings),
  };
}

function readRoutes(resources: readonly ResolvedResource[]): readonly LocalRoute[] {
  const integrations = new Map(
    ofType(resources, 'AWS::ApiGatewayV2::Integration').map((resource) => {
      const { IntegrationUri, TimeoutInMillis: timeoutMs } = readProperties(resource, integrationShape);
      const functionName = nameInFunctionArn(IntegrationUri);
      return [
        `integrations/${resource.ref}`,
        { functionName, ...(timeoutMs !== undefined && { timeoutMs }) },
      ];
    }),
  );
  const authorizers = new Map<string, LocalAuthorizer>(
    ofType(resources, 'AWS::ApiGatewayV2::Authorizer').map((resource) => {
      const { AuthorizerUri, IdentitySource } = readProperties(resource, authorizerShape);
      return [
        resource.ref,
        { functionName: nameInFunctionArn(AuthorizerUri), identitySource: IdentitySource },
      ];
    }),
  );
  const answered = new Set(
    ofType(resources, 'AWS::ApiGatewayV2::RouteResponse')
      .map((resource) => readProperties(resource, routeResponseShape))
      .filter(({ RouteResponseKey }) => RouteResponseKey === '$default')
      .map(({ RouteId }) => RouteId),
  );
  return ofType(resources, 'AWS::ApiGatewayV2::Route').map((resource) => {
    const route = readProperties(resource, routeShape);
    const integration = integrations.get(route.Target);
    if (integration === undefined)
      throw new StartupError(`template: route ${route.RouteKey} has no integration`);
    const authorizer = route.AuthorizerId === undefined ? undefined : authorizers.get(route.AuthorizerId);
    if (route.AuthorizationType === 'CUSTOM' && authorizer === undefined)
      throw new StartupError(`template: route ${route.RouteKey} names no authorizer of the template`);
    return {
      routeKey: route.RouteKey,
      ...integration,
      routeResponse: answered.has(resource.ref),
      ...(authorizer && { authorizer }),
    };
  });
}
