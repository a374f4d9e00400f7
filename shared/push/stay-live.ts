import type { Connection } from '../stores/connections/connection.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import type { LiveGroup } from '../stores/live/live-shard.ts';
import type { LiveStore, NotedGroup } from '../stores/live/live-store.ts';
import { type Clock, type EpochSeconds, epochSeconds } from '../time.ts';
import { type JoinGroupsDeps, joinGroups } from './join-groups.ts';

export type StayLiveDeps = JoinGroupsDeps & {
  readonly live: Pick<LiveStore, 'join' | 'leave' | 'groupsOf' | 'noteGroups'>;
  readonly now: Clock;
};

/** Large groups that find a socket as soon as it is open; the others do once it has been told of them. */
export const mostAtConnect = 100;

/** Who looks at none of their conversations for so long is found by their large groups when they look again. */
const notedSeconds = 30 * 86_400;

/** From now on. */
export function notedUntil(now: Clock): EpochSeconds {
  return epochSeconds(now() + notedSeconds * 1000);
}

/** Of the conversations those that look for their connections by group. */
export function liveGroupsIn(
  heads: readonly Pick<Head, 'conversationId' | 'liveShards'>[],
): readonly LiveGroup[] {
  return heads.flatMap(({ conversationId, liveShards: shards }) =>
    shards === undefined ? [] : [{ conversationId, shards }],
  );
}

/**
 * Told of with a page of conversations: sees to it that those of them that look by group find the user. Somebody in no more than a
 * hundred is found from the start, and nothing is written for them but once in two weeks.
 */
export async function stayLive(
  deps: StayLiveDeps,
  { userId, connectionId }: Pick<Connection, 'userId' | 'connectionId'>,
  groups: readonly LiveGroup[],
): Promise<void> {
  if (groups.length === 0) return;
  const noted = await deps.live.groupsOf(userId, mostAtConnect);
  const byId = new Map(noted.map((each) => [each.conversationId, each]));
  const now = epochSeconds(deps.now());
  const fading = groups.filter(({ conversationId }) => isFading(byId.get(conversationId), now));
  if (fading.length === 0) return;
  const notes = await deps.live.noteGroups([userId], fading, notedUntil(deps.now));
  const unknown = notes.filter(({ conversationId }) => !byId.has(conversationId));
  if (unknown.length === 0) return;
  const open = await deps.connections.listNow([userId]);
  // Behind a full page nothing says which of them are found already: each socket asks for itself.
  const isFull = noted.length === mostAtConnect;
  const joining = isFull ? open.filter((each) => each.connectionId === connectionId) : open;
  await joinGroups(deps, joining, unknown);
}

/** Not noted, or for less than half of the time. */
function isFading(noted: NotedGroup | undefined, now: EpochSeconds): boolean {
  return noted === undefined || noted.expiresAt - now < notedSeconds / 2;
}
