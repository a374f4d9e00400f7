import type { CloseCause } from '../connection/connection.ts';
import type { RequestContext } from './request-context.ts';

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
