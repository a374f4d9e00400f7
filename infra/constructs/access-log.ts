import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { type IAccessLogSettings, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { OneWeekLogGroup } from './one-week-log-group.ts';

/** Ids, times and outcomes: no header (one carries the token), no query string, no address, no body. */
const fields = {
  requestId: '$context.requestId',
  connectionId: '$context.connectionId',
  eventType: '$context.eventType',
  routeKey: '$context.routeKey',
  requestTimeEpoch: '$context.requestTimeEpoch',
  status: '$context.status',
  integrationLatency: '$context.integrationLatency',
  errorType: '$context.error.responseType',
};

/** What API Gateway writes about each connection and frame. */
export class AccessLog extends Construct {
  readonly settings: IAccessLogSettings;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.settings = {
      destination: new LogGroupLogDestination(new OneWeekLogGroup(this, 'Logs', 'access')),
      format: AccessLogFormat.custom(JSON.stringify(fields)),
    };
  }
}
