import type { LocalApi } from '../../model/model.ts';
import type { Handshake } from '../connection/handshake.ts';
import type { RequestContext } from './request-context.ts';

export type AuthorizerEvent = {
  readonly type: 'REQUEST';
  readonly methodArn: string;
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly queryStringParameters: Record<string, string>;
  readonly multiValueQueryStringParameters: Record<string, string[]>;
  readonly stageVariables: Record<string, string>;
  readonly requestContext: RequestContext;
};

export function methodArn({ region, accountId, apiId, stage }: LocalApi): string {
  return `arn:aws:execute-api:${region}:${accountId}:${apiId}/${stage}/$connect`;
}

export function authorizerEvent(
  api: LocalApi,
  { headers, query }: Handshake,
  requestContext: RequestContext,
): AuthorizerEvent {
  return {
    type: 'REQUEST',
    methodArn: methodArn(api),
    headers: { ...headers.single, 'content-length': '0' },
    multiValueHeaders: { ...headers.multi, 'content-length': ['0'] },
    queryStringParameters: query?.single ?? {},
    multiValueQueryStringParameters: query?.multi ?? {},
    stageVariables: {},
    requestContext,
  };
}
