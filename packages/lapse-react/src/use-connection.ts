import type { ClientState } from 'lapse-client';
import { useMemo } from 'react';
import { useLapse } from './lapse-provider.ts';
import { createStore } from './store.ts';
import { useStore } from './use-store.ts';

const idle: ClientState = { name: 'idle' };

/** Where the client stands: `online`, `reconnecting`, `consent-required`, `refused` … */
export function useConnection(): ClientState {
  const client = useLapse();
  const store = useMemo(
    () =>
      createStore<ClientState>({
        read: client.state,
        keep: (_before, now) => now,
        listen: (changed) => client.on('state', changed),
      }),
    [client],
  );
  return useStore(store, idle);
}
