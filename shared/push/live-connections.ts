import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Conversation, Head } from '../stores/conversations/conversation.ts';
import type { LiveStore } from '../stores/live/live-store.ts';

/** Some or all of the members of a conversation; with its head, the whole of it. */
export type Audience = Pick<Conversation, 'members'> & {
  readonly head?: Pick<Head, 'conversationId' | 'liveShards'>;
};

/**
 * The connections of the members: of each by their own row, half a read unit a member, or, in a large group, by the rows of the
 * connections to it. Both reads are eventually consistent; who is no member is left out, whatever the rows say.
 */
export async function liveConnections(
  connections: Pick<ConnectionStore, 'listByUsers'> & Pick<LiveStore, 'listByGroup'>,
  { head, members }: Audience,
): Promise<readonly Connection[]> {
  if (head?.liveShards === undefined) return connections.listByUsers([...members.keys()]);
  const { conversationId, liveShards: shards } = head;
  const open = await connections.listByGroup({ conversationId, shards });
  return open.filter(({ userId }) => members.has(userId));
}
