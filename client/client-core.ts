import type { MediaFacts } from '../shared/protocol/media/table.ts';
import type { Content } from '../shared/protocol/messages/frames.ts';
import { isMediaContent } from '../shared/protocol/messages/media-content.ts';
import type { MessageContent } from '../shared/protocol/messages/table.ts';
import type { HelloResult } from '../shared/protocol/session/table.ts';
import type { ClientPart } from './client-part.ts';
import { type Connector, connector } from './connection/connector.ts';
import { waitingRequest } from './connection/waiting-request.ts';
import { type ChangeFollower, changeFollower } from './conversations/change-follower.ts';
import {
  type ConversationStore,
  createConversationStore,
  type TitleChange,
} from './conversations/conversation-store.ts';
import { createInbox, type Inbox } from './conversations/inbox.ts';
import { createOutbox, type Outbox } from './conversations/outbox.ts';
import { createReadReceipts, type ReadReceipts } from './conversations/read-receipts.ts';
import type { ClientEvents } from './events/client-events.ts';
import type { ClientState } from './events/client-state.ts';
import { type Emitter, emitter } from './events/emitter.ts';
import type { ClientSettings } from './options/with-defaults.ts';
import { type Blocks, createBlocks } from './people/blocks.ts';
import { type ServerClock, serverClock } from './time/server-clock.ts';
import { type TimerSet, timerSet } from './time/timer-set.ts';
import type { Request } from './wire/actions.ts';
import { type Handlers, handle } from './wire/handlers.ts';
import type { MembersChange, OpenedPush } from './wire/server-frame.ts';

/** The push that says what a group is called comes with its event, or not at all. */
const titleMs = 2_000;

/** What every client is made of: its messages and conversations, and the connection that brings them. */
export type ClientCore = {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly time: ServerClock;
  readonly connection: Connector;
  readonly inbox: Inbox;
  readonly changes: ChangeFollower;
  readonly readReceipts: ReadReceipts;
  readonly blocks: Blocks;
  readonly outbox: Outbox;
  readonly timers: TimerSet;
  readonly add: (part: ClientPart) => void;
  /** For what a person asks for: waits while a connection is being made. */
  readonly request: Request;
  readonly hello: () => HelloResult | undefined;
  readonly userId: () => string | undefined;
  readonly forget: () => void;
};

export function clientCore(options: ClientSettings): ClientCore {
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
  const parts: ClientPart[] = [];
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
        blocks.replace([]);
        for (const part of parts) part.clear?.();
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
    onPush: (push) => handle(handlers, push, (other) => events.emit('push', other)),
    onHello(result) {
      hello = result;
      for (const part of parts) part.begin?.(result);
      blocks.replace(result.blocked ?? []);
      inbox.onHello(result);
      changes.onList(result.conversations ?? []);
      readReceipts.resume();
      for (const part of parts) part.resume?.();
    },
    cursors: () => conversations.cursors(),
  });
  const { request } = connection;
  const waiting = waitingRequest({ on: events.on, state: connection.state, request });
  const userId = () => hello?.userId;
  const blocks = createBlocks(events, request);
  const inbox = createInbox({
    ...{ conversations, events, time, request, random, reorderMs, userId },
    pageSize: () => hello?.limits.historyPage ?? 100,
    onUnknownConversation: () => connection.refresh(),
  });
  const changes = changeFollower({
    ...{ conversations, events, request, userId, erase: inbox.erase, timers, random },
    pageSize: () => hello?.limits.historyPage ?? 100,
  });
  const readReceipts = createReadReceipts({ conversations, events, request, userId });
  events.on('message', (message) => {
    const { content } = message;
    if (content.type === 'event' && content.event === 'title') onTitleEvent(message.conversationId);
  });
  const handlers: Handlers = {
    messages: inbox.receive,
    read: readReceipts.receive,
    delivered: (push) => events.emit('delivered', push),
    opened: onOpened,
    erased(push) {
      inbox.erase(push.conversationId, push.seqs);
      if (push.rev !== undefined) changes.noted(push.conversationId, push.rev);
      events.emit('gone', push);
    },
    edited: changes.receive,
    recalled: changes.receive,
    blocked: blocks.note,
    members: onMembers,
    title: onTitle,
    conversation(push) {
      conversations.arrange(push.conversationId, push);
      events.emit('conversations', conversations.summaries());
    },
    behind: (push) => inbox.catchUp(push.conversationId, push.lastSeq),
    typing: (push) => events.emit('typing', push),
    erasure: (push) => events.emit('erasure', push),
  };
  const outbox = createOutbox({
    timers,
    random,
    deliver: ({ id, ...fields }) => request('send', fields, id),
    onSent(
      { id, conversationId, content: asked, replyTo, mentions, mentionsAll },
      { seq, sentAt, expiresAt, media, content: taken },
    ) {
      // What was forwarded, or what the operator's review made of it.
      const content = asked.type === 'forward' ? taken : (taken ?? sentContent(asked, media));
      if (content === undefined) return;
      const from = hello?.userId ?? '';
      const extra = {
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined ? {} : { mentions }),
        ...(mentionsAll === undefined ? {} : { mentionsAll }),
        ...(asked.type === 'forward' && { forwarded: true as const }),
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
      blocks,
      outbox,
      timers,
      userId,
    },
    add(part) {
      parts.push(part);
      Object.assign(handlers, part.pushes);
    },
    request: waiting,
    hello: () => hello,
    forget() {
      timers.clear();
      for (const part of parts) part.stop?.();
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
