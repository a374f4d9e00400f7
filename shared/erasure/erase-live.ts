import { decodeConnection } from '../stores/connections/connection.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type { PresenceWatchStore } from '../stores/live/presence-watch-store.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';
import { type Eraser, emptyTally } from './eraser.ts';
import type { ReturnedAt } from './returned-at.ts';

export type EraseLiveDeps = {
  readonly live: Pick<LiveStore, 'notesOf' | 'groupsOf' | 'forgetGroups' | 'leave'>;
  readonly presenceWatches: Pick<PresenceWatchStore, 'forget'>;
  readonly watches: Pick<WatchStore, 'remove' | 'count'>;
  readonly returnedAt: ReturnedAt;
};

const pageSize = 100;
const mostNotes = 1_000;

/**
 * Who is told of the user and of whom they are told, in which large groups they are, which rooms they watch, and what these know of the sockets
 * that were open when the consent ended. Before the groups are forgotten the sockets leave them: afterwards nothing would lead there.
 */
export function eraseLive({ live, presenceWatches, watches: watchRows, returnedAt }: EraseLiveDeps): Eraser {
  return async (request) => {
    if ((await returnedAt(request)) !== undefined) return emptyTally;
    const { userId, connections: noted = [] } = request;
    const sockets = noted.map((each) => decodeConnection(userId, each));
    await presenceWatches.forget(userId);
    const { watches } = await live.notesOf(userId, mostNotes);
    await watchRows.remove(watches);
    await Promise.all(watches.map(async (watch) => watchRows.count(watch, -1)));
    const groups = await live.groupsOf(userId, pageSize);
    await live.leave(sockets, groups);
    await live.forgetGroups(userId, groups);
    const left = await live.groupsOf(userId, pageSize);
    const again = groups.filter((group) => left.some((each) => each.conversationId === group.conversationId));
    // The next page begins where this one began, since nothing of it is left.
    const more = left.length > again.length && { after: 'more' };
    return { deleted: groups.length + watches.length, found: again.length, held: 0, ...more };
  };
}
