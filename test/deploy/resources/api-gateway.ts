import {
  GetApiCommand,
  GetAuthorizerCommand,
  GetIntegrationCommand,
  GetRouteCommand,
  GetStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { ownTags, type Reader, type Readers } from './reader.ts';

type Owned = Parameters<Reader>[1];

/** Routes, integrations and authorizers are found by the API's id and their own. */
const owned = ({ physicalId, properties }: Owned) => ({
  ApiId: String(properties['ApiId']),
  id: physicalId.split('/').at(-1) ?? '',
});

export const apiGateway: Readers = {
  'AWS::ApiGatewayV2::Api': async ({ apiGateway: client }, { physicalId: ApiId }) => {
    const { Name, ProtocolType, RouteSelectionExpression, Tags } = await client.send(
      new GetApiCommand({ ApiId }),
    );
    return { Name, ProtocolType, RouteSelectionExpression, Tags: ownTags(Tags) };
  },
  'AWS::ApiGatewayV2::Stage': async ({ apiGateway: client }, { properties }) => {
    const ApiId = String(properties['ApiId']);
    const StageName = String(properties['StageName']);
    const stage = await client.send(new GetStageCommand({ ApiId, StageName }));
    return {
      ApiId,
      StageName: stage.StageName,
      AutoDeploy: stage.AutoDeploy,
      AccessLogSettings: stage.AccessLogSettings,
      DefaultRouteSettings: stage.DefaultRouteSettings,
      Tags: ownTags(stage.Tags),
    };
  },
  'AWS::ApiGatewayV2::Route': async ({ apiGateway: client }, resource) => {
    const { ApiId, id } = owned(resource);
    const route = await client.send(new GetRouteCommand({ ApiId, RouteId: id }));
    return {
      ApiId,
      RouteKey: route.RouteKey,
      Target: route.Target,
      AuthorizationType: route.AuthorizationType,
      AuthorizerId: route.AuthorizerId,
      RouteResponseSelectionExpression: route.RouteResponseSelectionExpression,
    };
  },
  'AWS::ApiGatewayV2::Integration': async ({ apiGateway: client }, resource) => {
    const { ApiId, id } = owned(resource);
    const { IntegrationType, IntegrationUri } = await client.send(
      new GetIntegrationCommand({ ApiId, IntegrationId: id }),
    );
    return { ApiId, IntegrationType, IntegrationUri };
  },
  'AWS::ApiGatewayV2::Authorizer': async ({ apiGateway: client }, resource) => {
    const { ApiId, id } = owned(resource);
    const { AuthorizerType, AuthorizerUri, IdentitySource, Name } = await client.send(
      new GetAuthorizerCommand({ ApiId, AuthorizerId: id }),
    );
    return { ApiId, AuthorizerType, AuthorizerUri, IdentitySource, Name };
  },
};
