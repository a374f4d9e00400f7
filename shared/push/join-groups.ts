import type { Connection } from '../stores/connections/connection.ts';
import { noConsent } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { GroupNote } from '../stores/live/live-shard.ts';
import type { LiveStore } from '../stores/live/live-store.ts';

export type JoinGroupsDeps = {
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  readonly live: Pick<LiveStore, 'join' | 'leave'>;
};

/**
 * Lets groups find these connections. Those that are closed or muted meanwhile leave again: whoever ends a connection makes it leave
 * after the end, so that of the two one sees the other.
 */
export async function joinGroups(
  { connections, live }: JoinGroupsDeps,
  open: readonly Connection[],
  notes: readonly GroupNote[],
): Promise<void> {
  const joining = open.filter(({ consentedPolicy }) => consentedPolicy !== noConsent);
  if (joining.length === 0 || notes.length === 0) return;
  await live.join(joining, notes);
  const now = await connections.listNow([...new Set(joining.map(({ userId }) => userId))]);
  const still = new Set(now.map(({ connectionId }) => connectionId));
  const ended = joining.filter(({ connectionId }) => !still.has(connectionId));
  await live.leave(ended, notes);
}
