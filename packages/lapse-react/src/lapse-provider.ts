import type { BasicClient, LapseClient } from 'lapse-client';
import { createContext, createElement, type ReactElement, type ReactNode, useContext } from 'react';

/** Either of the two: what only the whole one has, `usePresence` needs. */
export type Client = BasicClient | LapseClient;

const Lapse = /* @__PURE__ */ createContext<Client | undefined>(undefined);

export type LapseProviderProps = { readonly client: Client; readonly children?: ReactNode };

/**
 * Has the hooks below it use this client. It neither connects nor closes it: a client lives longer than what is on the screen, and React
 * may mount that twice.
 */
export function LapseProvider({ client, children }: LapseProviderProps): ReactElement {
  return createElement(Lapse.Provider, { value: client }, children);
}

/** The client, for all that has no hook of its own. */
export function useLapse(): Client {
  const client = useContext(Lapse);
  if (client === undefined) throw new Error('lapse-react: put a <LapseProvider client={…}> around this');
  return client;
}
