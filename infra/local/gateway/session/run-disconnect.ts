import { setTimeout as wait } from 'node:timers/promises';
import type { CloseCause, ConnectionInfo } from '../connection/connection.ts';
import { disconnectEvent } from '../events/events.ts';
import { requestContext } from '../events/request-context.ts';
import type { GatewayState } from '../state/gateway-state.ts';

/** Tells `$disconnect`; what it answers is ignored. */
export async function runDisconnect(
  state: GatewayState,
  info: ConnectionInfo,
  cause: CloseCause,
): Promise<void> {
  const { connectionId } = info;
  state.onEvent({ kind: 'disconnected', connectionId, code: cause.code });
  const route = state.routes.disconnect;
  if (route === undefined) return;
  const { times, delayMs } = state.faults.disconnects();
  if (delayMs > 0) await wait(delayMs);
  const context = requestContext(state, info, '$disconnect', 'DISCONNECT');
  for (let i = 0; i < times; i += 1) {
    const outcome = await state.integrate(route, disconnectEvent(context, cause));
    if (outcome.kind !== 'failed') continue;
    const { errorType, errorMessage } = outcome;
    state.onEvent({ kind: 'failed', connectionId, routeKey: '$disconnect', errorType, errorMessage });
  }
}
