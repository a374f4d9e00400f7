import type { ClientEvents } from '../events/client-events.ts';
import type { ClientState } from '../events/client-state.ts';
import type { Emitter } from '../events/emitter.ts';
import { notConnected } from '../wire/lapse-error.ts';

export type ConnectionStatus = {
  readonly on: Emitter<ClientEvents>['on'];
  readonly state: () => ClientState;
};

/** Resolves once the client is online; rejects where waiting is in vain: closed, or consent is needed first. */
export function whenOnline({ on, state }: ConnectionStatus): Promise<void> {
  return new Promise((resolve, reject) => {
    const settled = (name: ClientState['name']): boolean => {
      if (name === 'connecting' || name === 'reconnecting') return false;
      if (name === 'online') resolve();
      else reject(notConnected());
      return true;
    };
    if (settled(state().name)) return;
    const off = on('state', ({ name }) => {
      if (settled(name)) off();
    });
  });
}
