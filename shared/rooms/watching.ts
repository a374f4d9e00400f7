import { ProtocolError } from '../protocol/errors.ts';
import type { Watch } from '../stores/live/watch.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';

/** Who watches a room may read and write there: the user's own row, alone and before anything else is read or written. */
export async function authorizeWatcher(
  watches: Pick<WatchStore, 'find'>,
  conversationId: string,
  userId: string,
): Promise<Watch> {
  const watch = await watches.find(userId, conversationId);
  if (watch === undefined) throw new ProtocolError('NOT_FOUND');
  return watch;
}
