import type { ClientState } from '../../events/client-state.ts';
import type { LapseClient } from '../../lapse-client.ts';

type Client = Pick<LapseClient, 'on' | 'state'>;
type Settled = Extract<ClientState, { name: 'online' | 'consent-required' | 'closed' | 'refused' }>;

/** Nothing comes any more, unless the person signs in again. */
export const isOver = ({ name }: ClientState): boolean => name === 'closed' || name === 'refused';

const isSettled = (state: ClientState): state is Settled =>
  state.name === 'online' || state.name === 'consent-required' || isOver(state);

/** Waits until a client is neither connecting nor reconnecting. */
export function settled(client: Client): Promise<Settled> {
  const now = client.state();
  if (isSettled(now)) return Promise.resolve(now);
  return new Promise((resolve) => {
    const off = client.on('state', (state) => {
      if (!isSettled(state)) return;
      off();
      resolve(state);
    });
  });
}

/** Resolves when the server has not come back for some tries: what waits then is not going to leave. */
export function lostForGood(client: Client): Promise<void> {
  return new Promise((resolve) => {
    client.on('state', (state) => {
      if (isOver(state) || (state.name === 'reconnecting' && state.attempt > 6)) resolve();
    });
  });
}
