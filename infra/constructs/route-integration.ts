import { Stack } from 'aws-cdk-lib';
import {
  WebSocketIntegrationType,
  WebSocketRouteIntegration,
  type WebSocketRouteIntegrationBindOptions,
  type WebSocketRouteIntegrationConfig,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { ChatFunction } from './chat-function.ts';

/** The library's own integration lets every stage of the API in; this one lets in the one stage there is. */
export class RouteIntegration extends WebSocketRouteIntegration {
  private readonly fn: ChatFunction;
  private readonly stageName: string;

  constructor(id: string, fn: ChatFunction, stageName: string) {
    super(id);
    this.fn = fn;
    this.stageName = stageName;
  }

  override bind({ route, scope }: WebSocketRouteIntegrationBindOptions): WebSocketRouteIntegrationConfig {
    const stack = Stack.of(scope);
    this.fn.lambda.addPermission('Route', {
      scope,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: stack.formatArn({
        service: 'execute-api',
        resource: route.webSocketApi.apiId,
        resourceName: `${this.stageName}/${route.routeKey}`,
      }),
    });
    const uri = stack.formatArn({
      service: 'apigateway',
      account: 'lambda',
      resource: 'path/2015-03-31/functions',
      resourceName: `${this.fn.lambda.functionArn}/invocations`,
    });
    return { type: WebSocketIntegrationType.AWS_PROXY, uri };
  }
}
