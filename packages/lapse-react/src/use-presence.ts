import type { Presence } from 'lapse-client';
import { useMemo } from 'react';
import { type Client, useLapse } from './lapse-provider.ts';
import { isSame } from './same.ts';
import { createStore, type Store } from './store.ts';
import { useStore } from './use-store.ts';
import { type PresenceClient, watchedPeople } from './watched-people.ts';

export type Presences = Readonly<Record<string, Presence>>;

const none: Presences = {};

const canWatch = (client: Client): client is Client & PresenceClient => 'watchPresence' in client;

function presenceStore(client: PresenceClient, userIds: readonly string[]): Store<Presences> {
  return createStore<Presences>({
    read: () =>
      Object.fromEntries(
        userIds.flatMap((userId) => {
          const presence = client.presenceOf(userId);
          return presence === undefined ? [] : [[userId, presence]];
        }),
      ),
    keep: (before, now) => (isSame(before, now) ? before : now),
    listen(changed) {
      const off = client.on('presence', ({ userId }) => {
        if (userIds.includes(userId)) changed();
      });
      const watched = watchedPeople(client);
      watched.add(userIds);
      return () => {
        off();
        watched.remove(userIds);
      };
    },
  });
}

/**
 * Who of these is there, or when they last were; of whom nothing is known there is nothing. All components together look at 50 people at
 * most: those whom they have begun to look at last. Needs `lapseClient`: `basicClient` has no presence.
 */
export function usePresence(userIds: readonly string[]): Presences {
  const client = useLapse();
  if (!canWatch(client)) throw new Error('lapse-react: usePresence needs lapseClient, not basicClient');
  // An app may write the list down anew each time it renders.
  const key = JSON.stringify(userIds);
  const store = useMemo(() => presenceStore(client, JSON.parse(key) as string[]), [client, key]);
  return useStore(store, none);
}
