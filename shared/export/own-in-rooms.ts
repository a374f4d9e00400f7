import { isMediaContent } from '../protocol/messages/media-content.ts';
import { locateSends } from '../rooms/locate-send.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention } from '../stores/expiry/retention.ts';
import type { Message } from '../stores/messages/message.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { RoomSendsStore } from '../stores/sends/room-sends-store.ts';
import type { EpochSeconds } from '../time.ts';
import { type ReadMediaDeps, readMedia } from './export-media.ts';
import { earliest } from './export-messages.ts';
import { type Exported, type Exporter, lines } from './exporter.ts';
import { mediaFile } from './media-name.ts';

export type OwnInRoomsDeps = {
  readonly conversations: Pick<ConversationStore, 'read'>;
  readonly sentInRooms: RoomSendsStore;
  readonly messages: Pick<MessageStore, 'headers' | 'readable'>;
  readonly retention: AskRetention;
};

type Page = {
  readonly conversationId: string;
  readonly messages: readonly Message[];
  readonly after: string;
  readonly endOf: (message: Message) => EpochSeconds;
};

/** What a place in rooms begins with; no id does. */
const inRooms = 'rooms ';

/** Of a room its user is no member of: what they wrote there, found by their sends. What others wrote is not theirs to have. */
export function exportOwnInRooms(deps: OwnInRoomsDeps): Exporter {
  return async function* each(exported, after) {
    for await (const { conversationId, messages, after: reached, endOf } of ownPages(deps, exported, after)) {
      const data = lines(messages);
      yield {
        after: reached,
        ...earliest(messages, endOf),
        ...(data.length > 0 && { file: `messages/${conversationId}.jsonl`, data }),
      };
    }
  };
}

/** The media of those. A page is begun anew where it was left, which writes the same files again. */
export function exportOwnMediaInRooms(deps: OwnInRoomsDeps & ReadMediaDeps): Exporter {
  return async function* each(exported, after) {
    let before = after ?? inRooms;
    for await (const { conversationId, messages, after: reached, endOf } of ownPages(deps, exported, after)) {
      for (const message of messages) {
        const { seq, content } = message;
        if (!isMediaContent(content)) continue;
        const data = await readMedia(deps, { conversationId, mediaId: content.mediaId });
        const file = mediaFile(conversationId, seq, content);
        if (data !== undefined)
          yield { file, isWhole: true, data, after: before, ...earliest([message], endOf) };
      }
      yield { after: reached };
      before = reached;
    }
  };
}

/** First what is found by conversation, then what is found in rooms. */
export function withRooms(first: Exporter, rooms: Exporter): Exporter {
  return async function* each(exported, after) {
    if (after?.startsWith(inRooms) !== true) yield* first(exported, after);
    yield* rooms(exported, after?.startsWith(inRooms) === true ? after : undefined);
  };
}

async function* ownPages(
  deps: OwnInRoomsDeps,
  { userId, until }: Exported,
  after: string | undefined,
): AsyncIterable<Page> {
  const [, begun, reached] = after?.split(' ') ?? [];
  let room = begun === undefined || begun === '' ? undefined : begun;
  let from = reached;
  if (room === undefined || from === undefined) room = await deps.sentInRooms.nextRoom(userId, room);
  while (room !== undefined) {
    const conversation = await deps.conversations.read(room);
    if (conversation?.members.has(userId) !== true) yield* pagesOf(room, from);
    from = undefined;
    room = await deps.sentInRooms.nextRoom(userId, room);
  }

  async function* pagesOf(conversationId: string, start: string | undefined): AsyncIterable<Page> {
    let behind = start;
    do {
      const { records, next } = await deps.sentInRooms.listInRoom(userId, conversationId, behind);
      const found = await locateSends(deps.messages, conversationId, records);
      const read = await Promise.all(found.map(async ({ seq }) => readable(conversationId, seq)));
      const retention = await deps.retention();
      yield {
        conversationId,
        messages: read.flat(),
        after: `${inRooms}${conversationId}${next === undefined ? '' : ` ${next}`}`,
        endOf: (message) => effectiveExpiry(message, retention),
      };
      behind = next;
    } while (behind !== undefined);
  }

  async function readable(conversationId: string, seq: number): Promise<readonly Message[]> {
    const range = { after: seq - 1, before: seq + 1, limit: 1 };
    const ruling = async () => ({ ...(await deps.retention()), now: until });
    const { messages } = await deps.messages.readable(conversationId, range, ruling, { userId });
    return messages.filter(({ from: author }) => author === userId);
  }
}
