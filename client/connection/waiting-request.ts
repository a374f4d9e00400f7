import type { Request } from '../wire/actions.ts';
import { sessionOver } from '../wire/lapse-error.ts';
import { type ConnectionStatus, whenOnline } from './when-online.ts';

/** For what a person asks for: it waits while a connection is being made. Where none is, or consent is needed first, it says so. */
export function waitingRequest(client: ConnectionStatus & { readonly request: Request }): Request {
  return async (action, fields, id) => {
    const state = client.state();
    const { name } = state;
    if (name === 'refused') throw state.cause;
    if (name === 'idle') throw sessionOver('not connected: connect() has to be called first');
    if (name === 'connecting' || name === 'reconnecting') await whenOnline(client).catch(() => undefined);
    return client.request(action, fields, id);
  };
}
