import type { LocalRoute } from '../../model/model.ts';
import type { ConnectionInfo } from '../connection/connection.ts';
import { type ErrorFrameMessage, errorFrame } from '../connection/error-frame.ts';
import type { Handshake } from '../connection/handshake.ts';
import { connectEvent } from '../events/events.ts';
import { type RequestContext, requestContext } from '../events/request-context.ts';
import { headerOf } from '../routing/proxy-result.ts';
import type { GatewayState } from '../state/gateway-state.ts';
import { authorize } from './authorizer.ts';

export type Admission =
  | { readonly admitted: true; readonly info: ConnectionInfo; readonly subProtocol: string | undefined }
  | { readonly admitted: false; readonly status: number; readonly body: string };

/** Authorizer, then `$connect`: both run before the client hears anything. */
export async function admit(
  state: GatewayState,
  info: ConnectionInfo,
  handshake: Handshake,
): Promise<Admission> {
  const context = requestContext(state, info, '$connect', 'CONNECT');
  const route = state.routes.connect;
  if (route === undefined) return { admitted: true, info, subProtocol: undefined };
  if (!state.pass()) return refuse(context, 429, 'Too Many Requests');
  if (route.authorizer === undefined) return await connect(state, info, handshake, context, route);

  const authorization = await authorize(state, route.authorizer, handshake, context);
  if (!authorization.allowed) return refuse(context, authorization.status, refusalText(authorization.status));
  const authorizer = authorization.context;
  const known = { ...info, authorizer };
  return await connect(state, known, handshake, { ...context, authorizer }, route);
}

async function connect(
  state: GatewayState,
  info: ConnectionInfo,
  handshake: Handshake,
  context: RequestContext,
  route: LocalRoute,
): Promise<Admission> {
  const outcome = await state.integrate(route, connectEvent(handshake, context));
  if (outcome.kind === 'timeout') return refuse(context, 504, 'Endpoint request timed out');
  if (outcome.kind === 'failed') {
    const { errorType, errorMessage } = outcome;
    state.onEvent({
      kind: 'failed',
      connectionId: info.connectionId,
      routeKey: '$connect',
      errorType,
      errorMessage,
    });
    return refuse(context, 502, 'Internal server error');
  }
  const { statusCode } = outcome.result;
  if (statusCode < 200) return refuse(context, 502, 'Internal server error');
  if (statusCode > 299) return { admitted: false, status: statusCode, body: '' };
  return { admitted: true, info, subProtocol: headerOf(outcome.result, 'sec-websocket-protocol') };
}

function refuse(
  { connectionId, requestId }: RequestContext,
  status: number,
  message: ErrorFrameMessage,
): Admission {
  return { admitted: false, status, body: errorFrame(message, connectionId, requestId) };
}

function refusalText(status: 401 | 403 | 500): ErrorFrameMessage {
  if (status === 401) return 'Unauthorized';
  return status === 403 ? 'Forbidden' : 'Internal server error';
}
