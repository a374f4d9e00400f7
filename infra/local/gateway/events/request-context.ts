import type { LocalApi } from '../../model/model.ts';
import type { AuthorizerContext } from '../connection/authorizer-context.ts';
import type { ConnectionInfo, Identity } from '../connection/connection.ts';
import { newAwsId } from './aws-id.ts';

export type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

export type RequestContext = {
  readonly routeKey: string;
  readonly authorizer?: AuthorizerContext;
  readonly eventType: EventType;
  readonly extendedRequestId: string;
  readonly requestTime: string;
  readonly messageDirection: 'IN';
  readonly stage: string;
  readonly connectedAt: number;
  readonly requestTimeEpoch: number;
  readonly identity: Identity;
  readonly requestId: string;
  readonly domainName: string;
  readonly connectionId: string;
  readonly apiId: string;
};

/** What is the same in all events of one API. */
export type EventSource = { readonly api: LocalApi; readonly now: () => number };

export function domainName(api: LocalApi): string {
  return `${api.apiId}.execute-api.${api.region}.amazonaws.com`;
}

export function requestContext(
  { api, now }: EventSource,
  { connectionId, connectedAt, identity, authorizer }: ConnectionInfo,
  routeKey: string,
  eventType: EventType,
): RequestContext {
  const requestId = newAwsId();
  const requestTimeEpoch = now();
  return {
    routeKey,
    ...(authorizer === undefined ? {} : { authorizer }),
    eventType,
    extendedRequestId: requestId,
    requestTime: requestTime(requestTimeEpoch),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt,
    requestTimeEpoch,
    identity,
    requestId,
    domainName: domainName(api),
    connectionId,
    apiId: api.apiId,
  };
}

/** `19/Feb/2024:07:11:42 +0000` */
function requestTime(epochMs: number): string {
  const [, day, month, year, time] = new Date(epochMs).toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
