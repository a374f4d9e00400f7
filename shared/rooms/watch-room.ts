import type { Limits } from '../configuration/limits.ts';
import type { RoomsJoin } from '../configuration/rooms-join.ts';
import { type Titles, titlesFor } from '../conversations/titles-for.ts';
import { settledUpTo } from '../messages/room-numbers.ts';
import { ProtocolError } from '../protocol/errors.ts';
import type { NoResult } from '../protocol/reply-values.ts';
import type { WatchResult } from '../protocol/rooms/table.ts';
import { type ClaimedIds, isClaimed } from '../reach/claimed-ids.ts';
import type { Connection } from '../stores/connections/connection.ts';
import type { ConnectionStore } from '../stores/connections/connection-store.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { RoomStore } from '../stores/conversations/room-store.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type { Watch } from '../stores/live/watch.ts';
import type { ShardSize, WatchStore } from '../stores/live/watch-store.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import type { Clock } from '../time.ts';
import { partChooser, partsToBe } from './room-parts.ts';

export type WatchRoomDeps = {
  readonly conversations: Pick<ConversationStore, 'readHead'>;
  readonly rooms: Pick<RoomStore, 'grow'>;
  readonly connections: Pick<ConnectionStore, 'listNow'>;
  readonly live: Pick<LiveStore, 'notesOf'>;
  readonly watches: Pick<WatchStore, 'add' | 'remove' | 'count' | 'sizes'>;
  readonly messages: Pick<MessageStore, 'headers'> | undefined;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly join: RoomsJoin;
  readonly limits: Pick<Limits, 'watchedRooms'>;
  /** Undefined where profiles are not stored. */
  readonly titles: Titles | undefined;
  readonly now: Clock;
  readonly random: () => number;
};

type Socket = Pick<Connection, 'userId' | 'connectionId'> & {
  /** The rooms that their token names, where the operator goes by a claim. */
  readonly rooms?: ClaimedIds;
};

/** More than the limits allow; what is behind them was left by connections that are over. */
const mostNotes = 1_000;

/**
 * Lets a connection into a room. Its row is there before the last number is read: what is numbered later finds it, and for what
 * was numbered by then the client asks. Whoever ends the connection makes it leave after the end, so that of the two one sees
 * the other.
 */
export async function watchRoom(
  deps: WatchRoomDeps,
  socket: Socket,
  conversationId: string,
): Promise<WatchResult> {
  // As far away as a room that is not there.
  if (deps.join !== 'anyone' && !isClaimed(socket.rooms ?? [], conversationId))
    throw new ProtocolError('NOT_FOUND');
  const head = await readRoom(deps, conversationId);
  const [{ watches }, connection, sizes, holds] = await Promise.all([
    deps.live.notesOf(socket.userId, mostNotes),
    findOpen(deps, socket),
    deps.watches.sizes(conversationId),
    deps.holds.among({ users: [socket.userId] }),
  ]);
  if (connection === undefined) throw new ProtocolError('CONFLICT');
  const own = watches.filter(({ connectionId }) => connectionId === socket.connectionId);
  const live = sizes.reduce((sum, size) => sum + size.live, 0);
  const isWatching = own.some((watch) => watch.conversationId === conversationId);
  if (!isWatching) {
    if (own.length >= deps.limits.watchedRooms) throw new ProtocolError('TOO_LARGE');
    const { liveShards: shards = 1 } = head;
    const more = partsToBe(live, shards);
    if (more !== undefined) await deps.rooms.grow(conversationId, shards, more);
    const taken = new Map(sizes.map((size) => [size.shard, size.live]));
    const shard = partChooser(shards, (each) => taken.get(each) ?? 0)(deps.random());
    const watch: Watch = {
      ...socket,
      conversationId,
      shard,
      expiresAt: connection.expiresAt,
      ...(holds.users.has(socket.userId) && { held: true }),
      ...(head.retention !== undefined && { retention: head.retention }),
    };
    await deps.watches.count(watch, 1, await startOf(deps, head, sizes, shard));
    await deps.watches.add(watch, connection);
    if ((await findOpen(deps, socket)) === undefined) {
      await leave(deps, [watch]);
      throw new ProtocolError('CONFLICT');
    }
  }
  const [{ lastSeq }, titles] = await Promise.all([
    readRoom(deps, conversationId),
    titlesFor(deps.titles, socket.userId, [conversationId]),
  ]);
  const title = titles.get(conversationId);
  return { lastSeq, live: live + (isWatching ? 0 : 1), ...(title !== undefined && { title }) };
}

export async function unwatchRoom(
  deps: Pick<WatchRoomDeps, 'live' | 'watches'>,
  { userId, connectionId }: Socket,
  conversationId: string,
): Promise<NoResult> {
  const { watches } = await deps.live.notesOf(userId, mostNotes);
  const own = watches.filter(
    (watch) => watch.connectionId === connectionId && watch.conversationId === conversationId,
  );
  if (own.length === 0) throw new ProtocolError('NOT_FOUND');
  await leave(deps, own);
  return {};
}

async function leave({ watches }: Pick<WatchRoomDeps, 'watches'>, own: readonly Watch[]): Promise<void> {
  await watches.remove(own);
  await Promise.all(own.map(async (watch) => watches.count(watch, -1)));
}

/** What is no room, or is one no more, is the same to everybody. */
async function readRoom({ conversations, now }: WatchRoomDeps, conversationId: string): Promise<Head> {
  const head = isRoomId(conversationId) ? await conversations.readHead(conversationId) : undefined;
  if (head === undefined || head.closedAt !== undefined || hasEnded(head, now()))
    throw new ProtocolError('NOT_FOUND');
  return head;
}

/** Looked at backwards: more are not under way at once. */
const mostUnderWay = 64;

/** Where a part that nobody has watched yet begins: behind what is settled, so that what is under way is still told of there. */
async function startOf(
  { messages, now }: Pick<WatchRoomDeps, 'messages' | 'now'>,
  head: Head,
  sizes: readonly ShardSize[],
  shard: number,
): Promise<number> {
  if (sizes.some((size) => size.shard === shard) || messages === undefined) return head.lastSeq;
  const after = Math.max(0, head.lastSeq - mostUnderWay);
  const { headers } = await messages.headers(head.conversationId, { after, limit: mostUnderWay });
  return settledUpTo(headers, after, head, now());
}

async function findOpen(
  { connections }: Pick<WatchRoomDeps, 'connections'>,
  { userId, connectionId }: Socket,
): Promise<Connection | undefined> {
  return (await connections.listNow([userId])).find((each) => each.connectionId === connectionId);
}
