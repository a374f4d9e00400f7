import { type Clock, systemClock } from '../../time.ts';
import type { Connection } from '../connections/connection.ts';
import type { ConnectionStore } from '../connections/connection-store.ts';
import type { LiveStore } from './live-store.ts';
import type { WatchStore } from './watch-store.ts';

/** Beyond these, which are more than somebody looks at, the row of a socket that is closed goes by its end. */
const mostLeft = 1_000;

/** The connections with what large groups and rooms know of them. */
export type ConnectedStore = ConnectionStore &
  Pick<LiveStore, 'listByGroup'> & {
    /** From then on no large group and no room pushes to them; all are of one user. */
    leaveGroups(connections: readonly Connection[]): Promise<void>;
    /** As `remove`, and leaves it to the caller to tell that the user has gone. */
    close(connection: Connection): Promise<boolean | undefined>;
  };

/** What large groups and rooms know of a connection goes before its row does, by which a crash is made good. */
export function connectedStore(
  connections: ConnectionStore,
  live: LiveStore,
  watches: Pick<WatchStore, 'remove' | 'count'>,
  now: Clock = systemClock,
): ConnectedStore {
  return {
    ...connections,
    listByGroup: live.listByGroup,
    leaveGroups,
    close,
    async remove(connection) {
      const isLast = await close(connection);
      if (isLast) await connections.tellLater(connection.userId, now());
      return isLast;
    },
  };

  async function close(connection: Connection): Promise<boolean | undefined> {
    await leaveGroups([connection]);
    return connections.remove(connection);
  }

  async function leaveGroups(ending: readonly Connection[]): Promise<void> {
    const [first] = ending;
    if (first === undefined) return;
    const noted = await live.notesOf(first.userId, mostLeft);
    await live.leave(ending, noted.groups);
    const own = new Set(ending.map(({ connectionId }) => connectionId));
    const watched = noted.watches.filter(({ connectionId }) => own.has(connectionId));
    if (watched.length === 0) return;
    await watches.remove(watched);
    await Promise.all(watched.map(async (watch) => watches.count(watch, -1)));
  }
}
