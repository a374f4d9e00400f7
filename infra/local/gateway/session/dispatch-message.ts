import { setTimeout as wait } from 'node:timers/promises';
import type { LocalRoute } from '../../model/model.ts';
import type { Connection } from '../connection/connection.ts';
import { type ErrorFrameMessage, errorFrame } from '../connection/error-frame.ts';
import { limits } from '../connection/limits.ts';
import { messageEvent } from '../events/events.ts';
import { type RequestContext, requestContext } from '../events/request-context.ts';
import type { IntegrationOutcome } from '../routing/integration.ts';
import type { GatewayState } from '../state/gateway-state.ts';

/** One frame of a client; frames of one connection do not wait for each other. */
export async function dispatchMessage(
  state: GatewayState,
  connection: Connection,
  body: string,
): Promise<void> {
  const delayMs = state.faults.frameDelay();
  if (delayMs > 0) await wait(delayMs);
  const route = state.routes.forBody(body);
  const { connectionId } = connection;
  state.onEvent({ kind: 'frame', connectionId, routeKey: route?.routeKey });
  const context = requestContext(state, connection, route?.routeKey ?? '$default', 'MESSAGE');
  const reply = await replyTo(state, route, context, body);
  if (reply !== undefined) connection.send(Buffer.from(reply));
}

async function replyTo(
  state: GatewayState,
  route: LocalRoute | undefined,
  context: RequestContext,
  body: string,
): Promise<string | undefined> {
  const { connectionId, requestId } = context;
  const refuse = (message: ErrorFrameMessage): string => errorFrame(message, connectionId, requestId);
  if (route === undefined) return refuse('Forbidden');
  if (!state.pass()) return refuse('Too Many Requests');
  const outcome = await state.integrate(route, messageEvent(context, body));
  report(state, context, outcome);
  if (outcome.kind === 'timeout') return refuse('Endpoint request timed out');
  if (outcome.kind === 'failed') return refuse('Internal server error');
  const answer = route.routeResponse ? outcome.result.body : undefined;
  if (answer === undefined || answer === null || answer === '') return undefined;
  return Buffer.byteLength(answer) > limits.messageBytes ? refuse('Internal server error') : answer;
}

function report(state: GatewayState, context: RequestContext, outcome: IntegrationOutcome): void {
  if (outcome.kind !== 'failed') return;
  const { connectionId, routeKey } = context;
  const { errorType, errorMessage } = outcome;
  state.onEvent({ kind: 'failed', connectionId, routeKey, errorType, errorMessage });
}
