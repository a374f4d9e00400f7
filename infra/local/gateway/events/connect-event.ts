import type { Handshake, MultiValue } from '../connection/handshake.ts';
import type { RequestContext } from './request-context.ts';

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
