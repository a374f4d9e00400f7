import type { IncomingMessage, ServerResponse } from 'node:http';
import { callbackApi } from './callbacks/callback-api.ts';
import { type CallbackPath, callbackPath } from './callbacks/callback-path.ts';
import * as replies from './callbacks/callback-reply.ts';
import type { GatewayState } from './state/gateway-state.ts';

/** Answers other paths than `@connections`; true when it did. */
export type OtherRequests = (request: IncomingMessage, response: ServerResponse) => boolean;

export function httpRequests(state: GatewayState, other: OtherRequests): OtherRequests {
  return (request, response) => {
    const path = callbackPath(request.url ?? '/');
    if (path !== undefined) void answerCallback(state, path, request, response);
    else if (!other(request, response)) write(response, replies.forbidden);
    return true;
  };
}

async function answerCallback(
  state: GatewayState,
  path: CallbackPath,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const reply = await callbackApi(state, request, path).catch(() => replies.broken);
  const { connectionId } = path;
  state.onEvent({ kind: 'callback', connectionId, method: request.method ?? '', status: reply?.status ?? 0 });
  if (reply === undefined) response.destroy();
  else write(response, reply);
}

function write(response: ServerResponse, { status, headers, body }: replies.CallbackReply): void {
  if (status === 204) response.writeHead(status, headers).end();
  else response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}
