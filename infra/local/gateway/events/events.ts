import type { LocalApi } from '../../model/model.ts';
import type { CloseCause } from '../connection/connection.ts';
import type { Handshake, MultiValue } from '../connection/handshake.ts';
import { newAwsId } from './aws-id.ts';
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

export type ConnectEvent = {
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly queryStringParameters?: Record<string, string>;
  readonly multiValueQueryStringParameters?: Record<string, string[]>;
  readonly requestContext: RequestContext;
  readonly isBase64Encoded: false;
};

export function connectEvent(handshake: Handshake, requestContext: RequestContext): ConnectEvent {
  const headers = withoutHopByHop(handshake.headers);
  const { query } = handshake;
  return {
    headers: headers.single,
    multiValueHeaders: headers.multi,
    ...(query && { queryStringParameters: query.single, multiValueQueryStringParameters: query.multi }),
    requestContext,
    isBase64Encoded: false,
  };
}

/** The authorizer sees `Connection` and `Upgrade`; the integration does not. */
function withoutHopByHop({ single, multi }: MultiValue): MultiValue {
  const kept = ([name]: [string, unknown]): boolean => !/^(connection|upgrade)$/i.test(name);
  return {
    single: Object.fromEntries(Object.entries(single).filter(kept)),
    multi: Object.fromEntries(Object.entries(multi).filter(kept)),
  };
}

export type MessageEvent = {
  readonly requestContext: RequestContext & { readonly messageId: string };
  readonly body: string;
  readonly isBase64Encoded: false;
};

export function messageEvent(context: RequestContext, body: string): MessageEvent {
  return { requestContext: { ...context, messageId: newAwsId() }, body, isBase64Encoded: false };
}

export type DisconnectEvent = {
  readonly headers: Record<string, string>;
  readonly multiValueHeaders: Record<string, string[]>;
  readonly requestContext: RequestContext & {
    readonly disconnectStatusCode: number;
    readonly disconnectReason: string;
  };
  readonly isBase64Encoded: false;
};

export function disconnectEvent(context: RequestContext, cause: CloseCause): DisconnectEvent {
  const headers = { Host: context.domainName, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' };
  const multi = Object.entries(headers).map(([name, value]): [string, string[]] => [name, [value]]);
  return {
    headers,
    multiValueHeaders: Object.fromEntries(multi),
    requestContext: { ...context, disconnectStatusCode: cause.code, disconnectReason: cause.reason },
    isBase64Encoded: false,
  };
}
