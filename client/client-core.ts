import type { MediaFacts } from '../shared/protocol/media/table.ts';
import type { Content } from '../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../shared/protocol/messages/media-content.ts';
import type { MessageContent } from '../shared/protocol/messages/table.ts';
import type { HelloResult } from '../shared/protocol/session/table.ts';
import { type Connector, connector } from './connection/connector.ts';
import { type ChangeFollower, changeFollower } from './conversations/change-follower.ts';
import {
  type ConversationStore,
  createConversationStore,
  type TitleChange,
} from './conversations/conversation-store.ts';
import { deliveryReceipts } from './conversations/delivery-receipts.ts';
import { createInbox, type Inbox } from './conversations/inbox.ts';
import { createOutbox, type Outbox } from './conversations/outbox.ts';
import { createPins, type Pins } from './conversations/pins.ts';
import { createQuotes, type Quotes } from './conversations/quotes.ts';
import { createReactions, type Reactions } from './conversations/reactions.ts';
import { createReadReceipts, type ReadReceipts } from './conversations/read-receipts.ts';
import { createReceiptMarks } from './conversations/receipt-marks.ts';
import { createRooms, type Rooms } from './conversations/rooms.ts';
import type { ClientEvents } from './events/client-events.ts';
import type { ClientState } from './events/client-state.ts';
import { type Emitter, emitter } from './events/emitter.ts';
import type { LapseClientOptions } from './options/options.ts';
import { type Blocks, createBlocks } from './people/blocks.ts';
import { createPresences, type Presences } from './people/presences.ts';
import { type ServerClock, serverClock } from './time/server-clock.ts';
import { timerSet } from './time/timer-set.ts';
import type { MembersChange, OpenedPush } from './wire/server-frame.ts';

/** After an absence the newest conversations are told that what was written there has come. */
const mostToldAtOnce = 20;

/** The push that says what a group is called comes with its event, or not at all. */
const titleMs = 2_000;

/** The parts of a client, wired to each other. */
export type ClientCore = {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly time: ServerClock;
  readonly connection: Connector;
  readonly inbox: Inbox;
  readonly changes: ChangeFollower;
  readonly readReceipts: ReadReceipts;
  readonly rooms: Rooms;
  readonly reactions: Reactions;
  readonly pins: Pins;
  readonly blocks: Blocks;
  readonly presences: Presences;
  readonly outbox: Outbox;
  readonly quotes: Quotes;
  readonly hello: () => HelloResult | undefined;
  readonly forget: () => void;
};

export function clientCore(options: Required<LapseClientOptions>): ClientCore {
  const { clock, random, reorderMs } = options;
  const events = emitter<ClientEvents>();
  const time = serverClock(clock);
  const conversations = createConversationStore(
    time.now,
    options.cursors,
    (userId) => blocks.has(userId),
    () => hello?.retention.profiles.stored === true,
  );
  const timers = timerSet(clock);
  const others = createReceiptMarks();
  const awaitedTitles = new Set<string>();
  let hello: HelloResult | undefined;

  function onState(state: ClientState): void {
    if (state.name === 'online') outbox.resume();
    else outbox.pause();
    if ('hello' in state) {
      const known = hello?.consent.state ?? 'none';
      hello = state.hello;
      if (known !== 'none' && hello.consent.state === 'none') {
        inbox.clear();
        others.clear();
        blocks.replace([]);
        rooms.clear();
        reactions.clear();
        pins.clear();
      }
    }
    events.emit('state', state);
  }

  function onMembers(change: MembersChange): void {
    const known = conversations.summary(change.conversationId) !== undefined;
    conversations.changeMembers(change, userId());
    // Whoever is added learns by a new list what the group is called and what there is to read.
    if (!known && change.added.includes(userId() ?? '')) connection.refresh();
    events.emit('members', change);
    events.emit('conversations', conversations.summaries());
  }

  function onTitle(change: TitleChange): void {
    awaitedTitles.delete(change.conversationId);
    if (conversations.retitle(change)) events.emit('conversations', conversations.summaries());
  }

  /** Where titles are kept, only a list says what a group is called that somebody else has made. */
  function onOpened(opened: OpenedPush): void {
    const { conversationId, kind, title } = opened;
    const isNew = conversations.summary(conversationId) === undefined;
    conversations.addOpened(opened, title);
    events.emit('conversations', conversations.summaries());
    if (isNew && kind === 'group' && title === undefined) onTitleEvent(conversationId);
  }

  /** The event does not say how it is called: the push does, or else the list. */
  function onTitleEvent(conversationId: string): void {
    awaitedTitles.add(conversationId);
    timers.after(titleMs, () => {
      if (awaitedTitles.delete(conversationId)) connection.refresh();
    });
  }

  const connection = connector(options, time, {
    onState,
    onPush({ kind, push }) {
      if (kind === 'messages') inbox.receive(push);
      else if (kind === 'read') readReceipts.receive(push);
      else if (kind === 'delivered') readReceipts.receiveDelivered(push);
      else if (kind === 'opened') onOpened(push);
      else if (kind === 'erased') {
        inbox.erase(push.conversationId, push.seqs);
        if (push.rev !== undefined) changes.noted(push.conversationId, push.rev);
        quotes.forget(push.conversationId, push.seqs);
        events.emit('gone', push);
      } else if (kind === 'edited' || kind === 'recalled') changes.receive(push);
      else if (kind === 'reacted') reactions.receive(push);
      else if (kind === 'pinned') pins.receive(push);
      else if (kind === 'blocked') blocks.note(push);
      else if (kind === 'members') onMembers(push);
      else if (kind === 'title') onTitle(push);
      else if (kind === 'conversation') {
        conversations.arrange(push.conversationId, push);
        events.emit('conversations', conversations.summaries());
      } else if (kind === 'presence') presences.receive(push);
      else if (kind === 'behind') inbox.catchUp(push.conversationId, push.lastSeq);
      else if (kind === 'typing') events.emit('typing', push);
      else if (kind === 'erasure') events.emit('erasure', push);
      else events.emit('push', push);
    },
    onHello(result) {
      hello = result;
      // Who was away may have missed that something was erased.
      quotes.clear();
      blocks.replace(result.blocked ?? []);
      others.noteList(result.conversations ?? []);
      inbox.onHello(result);
      changes.onList(result.conversations ?? []);
      readReceipts.resume();
      deliveries.resume();
      rooms.resume();
      presences.resume();
      for (const { conversationId, lastSeq: seq, unread } of conversations
        .summaries()
        .slice(0, mostToldAtOnce))
        if (unread > 0) deliveries.came({ conversationId, seq });
    },
    cursors: () => conversations.cursors(),
  });
  const { request } = connection;
  const userId = () => hello?.userId;
  const blocks = createBlocks(events, request);
  const presences = createPresences(events, request);
  const inbox = createInbox({
    ...{ conversations, events, time, request, random, reorderMs, userId },
    pageSize: () => hello?.limits.historyPage ?? 100,
    onUnknownConversation: () => connection.refresh(),
  });
  const changes = changeFollower({
    ...{ conversations, events, request, userId, erase: inbox.erase },
    pageSize: () => hello?.limits.historyPage ?? 100,
  });
  const quotes = createQuotes({
    clock: time,
    request,
    here(conversationId, seq) {
      const timeline = conversations.find(conversationId);
      const message = timeline?.list().find((each) => each.seq === seq);
      if (message !== undefined) return message;
      // What lies between the first and the last that are here, and is not, is gone.
      return timeline !== undefined && timeline.floor() < seq && seq <= timeline.synced()
        ? 'gone'
        : 'unknown';
    },
    changed: () => events.emit('quoted', undefined),
  });
  const readReceipts = createReadReceipts({ conversations, events, request, others, userId });
  const reactions = createReactions({
    ...{ conversations, events, request, userId },
    noted: (conversationId, rev) => changes.noted(conversationId, rev),
  });
  const pins = createPins({
    ...{ conversations, events, request },
    noted: (conversationId, rev) => changes.noted(conversationId, rev),
  });
  const rooms = createRooms({
    conversations,
    request,
    timers,
    catchUp: inbox.catchUp,
    changed: () => events.emit('conversations', conversations.summaries()),
  });
  const deliveries = deliveryReceipts({
    request,
    timers,
    told(conversationId, seq) {
      const summary = conversations.summary(conversationId);
      // Of a room nobody could be told.
      return summary === undefined || summary.kind === 'room' || summary.readSeq >= seq;
    },
  });
  events.on('message', (message) => {
    if (message.from !== userId()) deliveries.came(message);
    const { content } = message;
    if (content.type === 'event' && content.event === 'title') onTitleEvent(message.conversationId);
  });
  const outbox = createOutbox({
    timers,
    random,
    deliver: ({ id, ...fields }) => request('send', fields, id),
    onSent(
      { id, conversationId, content: asked, replyTo, mentions, mentionsAll },
      { seq, sentAt, expiresAt, media },
    ) {
      const content = sentContent(asked, media);
      if (content === undefined) return;
      const from = hello?.userId ?? '';
      const extra = {
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined ? {} : { mentions }),
        ...(mentionsAll === undefined ? {} : { mentionsAll }),
      };
      inbox.receive([{ conversationId, seq, id, from, sentAt, expiresAt, content, ...extra }]);
    },
  });

  return {
    ...{
      conversations,
      events,
      time,
      connection,
      inbox,
      changes,
      readReceipts,
      rooms,
      reactions,
      pins,
      blocks,
      presences,
      outbox,
      quotes,
    },
    hello: () => hello,
    forget() {
      timers.clear();
      quotes.clear();
      inbox.stop();
    },
  };
}

/** As the others have it; undefined when the server does not say what it found the media to be. */
function sentContent(content: Content, media: MediaFacts | undefined): MessageContent | undefined {
  if (!isMediaContent(content)) return content;
  const { posterId: _kept, ...sent } = { posterId: undefined, ...content };
  return media && { ...sent, media };
}
