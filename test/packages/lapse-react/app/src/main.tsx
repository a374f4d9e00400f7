import { lapseClient } from 'lapse-client';
import { LapseProvider } from 'lapse-react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Chat } from './chat';

const given = new URLSearchParams(location.search);
const token = async () => (await fetch(`${given.get('token')}?sub=${given.get('user')}`)).text();
const client = lapseClient({ url: given.get('url') ?? '', token });

/** Who listens to the client, and how often each kind of request was made: what is left behind shows. */
const listening = { now: 0 };
const asked: Record<string, number> = {};
/** The next send is refused, as by a server that is too busy. */
const faults = { refusesNext: false };
const counted = {
  ...client,
  send: (async (...given) => {
    const isRefused = faults.refusesNext;
    faults.refusesNext = false;
    if (isRefused) throw new Error('refused');
    return client.send(...given);
  }) as typeof client.send,
  on: ((name, listener) => {
    const off = client.on(name, listener);
    listening.now += 1;
    return () => {
      listening.now -= 1;
      off();
    };
  }) as typeof client.on,
  loadOlder: (conversationId: string) => {
    asked['loadOlder'] = (asked['loadOlder'] ?? 0) + 1;
    return client.loadOlder(conversationId);
  },
  watchPresence: (userIds: readonly string[]) => {
    asked['watchPresence'] = (asked['watchPresence'] ?? 0) + 1;
    client.watchPresence(userIds);
  },
};
Object.assign(window, { listening, asked, faults });
client.connect();
createRoot(document.querySelector('#root') ?? document.body).render(
  <StrictMode>
    <LapseProvider client={counted}>
      <Chat other={given.get('to') ?? ''} />
    </LapseProvider>
  </StrictMode>,
);
