import { Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.ts';
import { declare } from '../data-map/declare.ts';
import { AccessLog } from './access-log.ts';
import { ChatDomain } from './chat-domain.ts';
import type { ChatFunction } from './chat-function.ts';
import { RouteIntegration } from './route-integration.ts';

const stageName = 'v1';

export type ChatApiProps = Pick<Configuration, 'throttling' | 'accessLog' | 'domain'>;

/** The WebSocket API: a route for each action, and the way back to each connection. */
export class ChatApi extends Construct {
  /** Where clients connect. */
  readonly url: string;
  private readonly api: WebSocketApi;
  private readonly stage: WebSocketStage;

  constructor(scope: Construct, id: string, { throttling, accessLog, domain }: ChatApiProps) {
    super(scope, id);
    this.api = new WebSocketApi(this, 'Api', {
      apiName: Stack.of(this).stackName,
      routeSelectionExpression: '$request.body.action',
    });
    declare(this.api, {
      name: 'frames',
      kinds: ['message', 'profile', 'membership', 'consent', 'ids'],
      purpose:
        'frames between clients and functions; who is connected stays with the connection as its context',
      life: 'frames pass through; the context lives as long as the connection, at most 2 h',
      deletion: 'the context goes when the connection is closed, which a withdrawal does at once',
    });
    this.stage = new WebSocketStage(this, 'Stage', {
      webSocketApi: this.api,
      stageName,
      autoDeploy: true,
      throttle: { rateLimit: throttling.ratePerSecond, burstLimit: throttling.burst },
      ...(accessLog && { accessLogSettings: new AccessLog(this, 'AccessLog').settings }),
    });
    const { api, stage } = this;
    const { region } = Stack.of(this);
    this.url =
      domain === undefined
        ? stage.url
        : new ChatDomain(this, 'Domain', { ...domain, api, stage, region }).url;
  }

  metric(metricName: string): Metric {
    const dimensionsMap = { ApiId: this.api.apiId, Stage: stageName };
    return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap, statistic: 'Sum' });
  }

  /** `$connect` is the one route that has an authorizer: its context stays with the connection. */
  addConnect(fn: ChatFunction, authorize: ChatFunction): void {
    this.api.addRoute('$connect', {
      integration: new RouteIntegration('Connect', fn, stageName),
      authorizer: new WebSocketLambdaAuthorizer('Authorizer', authorize.lambda, {
        identitySource: ['route.request.header.Sec-WebSocket-Protocol'],
      }),
    });
  }

  addDisconnect(fn: ChatFunction): void {
    this.api.addRoute('$disconnect', { integration: new RouteIntegration('Disconnect', fn, stageName) });
  }

  /** The function's body goes back to the client as the reply to its frame. */
  addAction(routeKey: string, fn: ChatFunction): void {
    this.api.addRoute(routeKey, {
      integration: new RouteIntegration('Action', fn, stageName),
      returnResponse: true,
    });
  }

  /** To post to a connection and to close it; which connections there are is not known when this is written. */
  grantManageConnections(fn: ChatFunction): void {
    const stack = Stack.of(this);
    const connections = (method: string) =>
      stack.formatArn({
        service: 'execute-api',
        resource: this.api.apiId,
        resourceName: `${stageName}/${method}/@connections/*`,
      });
    fn.allow(['execute-api:ManageConnections'], [connections('POST'), connections('DELETE')]);
    fn.setEnvironment({
      callbackUrl: `https://${this.api.apiId}.execute-api.${stack.region}.${stack.urlSuffix}/${stageName}`,
    });
  }
}
