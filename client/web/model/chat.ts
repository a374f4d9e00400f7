import type { MessageBody } from '../../../shared/protocol/messages/table.ts';
import { whenOnline } from '../../connection/when-online.ts';
import { mayPin } from '../../conversations/may-do-for-all.ts';
import type { LapseClient } from '../../lapse-client.ts';
import { LapseError } from '../../wire/lapse-error.ts';
import { conversationName } from '../../words/conversation-name.ts';
import { personName } from '../../words/person-name.ts';
import type { ChatView } from './chat-view.ts';
import { conversationRows, isMuted } from './conversations/conversation-rows.ts';
import type { NewChat } from './conversations/new-chat-fields.ts';
import { createSeenMarks } from './conversations/seen-marks.ts';
import { mentionable } from './messages/mentionable.ts';
import { nextChangeMs, type Quote, rowMemory } from './messages/message-rows.ts';
import { olderPages } from './messages/older-pages.ts';
import { openConversation } from './messages/open-conversation.ts';
import { pinnedMessages } from './messages/pinned-messages.ts';
import { quoteOf } from './messages/quote.ts';
import { typingUsers } from './messages/typing-users.ts';
import type { PosterOf } from './sending/pending-message.ts';
import { type PendingMessages, pendingMessages } from './sending/pending-messages.ts';
import { connectionWords } from './words/connection-words.ts';

export type ChatOptions = {
  readonly client: LapseClient;
  readonly userId: string;
  /** Of an earlier page in the same tab. */
  readonly seen: Readonly<Record<string, number>>;
  readonly now: () => number;
  /** Whether somebody is looking: only then a message counts as seen. */
  readonly watched: () => boolean;
  readonly onLine: () => boolean;
  readonly posterOf: PosterOf;
  /** The view may be different now. */
  readonly changed: () => void;
  /** Somebody else's message that has just come. */
  readonly news: (message: MessageBody, conversation: string) => void;
};

/** One person's chat as the page shows it: the client library's state and what only a screen knows. */
export type Chat = {
  readonly pending: PendingMessages;
  /** What an answer to that message would quote, for as long as it can be read. */
  quote(conversationId: string, seq: number): Quote | undefined;
  /** Who can be mentioned there; of a large group from the second time on that one asks. */
  names(conversationId: string): readonly string[];
  select(conversationId: string | undefined): void;
  loadOlder(): void;
  /** Shows those in the list that are left out of it, or no more. */
  toggleHidden(): void;
  /** Opens a conversation on the server and selects it. */
  start(chat: NewChat, id?: string): Promise<void>;
  /** What lies open has been looked at, where somebody is looking: the server is told. */
  markSeen(): void;
  seen(): Readonly<Record<string, number>>;
  /** What is pinned in the conversation that lies open. */
  pinned(): readonly MessageBody[];
  /** Whether one may pin there. */
  mayPin(): boolean;
  view(): ChatView;
};

export function chat({ client, userId: me, now, changed, ...options }: ChatOptions): Chat {
  const seenMarks = createSeenMarks(options.seen, me);
  const people = mentionable(client, me);
  const pending = pendingMessages(client, now, changed, options.posterOf, people.in);
  const pages = olderPages(client, changed);
  const pinned = pinnedMessages(client, changed);
  const typing = typingUsers(now);
  const memory = rowMemory();
  let current: string | undefined;
  let listed = false;
  let withHidden = false;

  const find = (id: string) => client.conversations().find(({ conversationId }) => conversationId === id);

  const opened = () => (current === undefined ? undefined : find(current));

  function loadFirstPage(): void {
    const open = opened();
    if (open !== undefined) pages.first(open.conversationId);
    pinned.look(client.hello()?.retention.messages.stored === true ? open?.conversationId : undefined);
  }

  /** Whether the other one of a direct chat is there stands beside their name. */
  function lookAtOther(): void {
    const open = opened();
    const other = open?.kind === 'direct' ? open.members?.find(({ userId }) => userId !== me) : undefined;
    if (client.state().name === 'online') client.watchPresence(other === undefined ? [] : [other.userId]);
  }

  function markSeen(): void {
    const open = opened();
    if (open === undefined || !options.watched()) return;
    seenMarks.mark(open.conversationId, open.lastSeq);
    client.read(open.conversationId);
  }

  client.on('state', (state) => {
    // What was asked for while there was no connection is asked for again.
    if (state.name === 'online') {
      lookAtOther();
      loadFirstPage();
      pending.retryWaiting();
    }
    changed();
  });
  client.on('conversations', () => {
    listed = true;
    changed();
  });
  client.on('expired', changed);
  client.on('erased', changed);
  client.on('quoted', changed);
  client.on('reacted', changed);
  client.on('pinned', changed);
  client.on('typing', (notice) => {
    typing.noteTyping(notice);
    changed();
  });
  client.on('read', changed);
  client.on('delivered', changed);
  client.on('blocked', changed);
  client.on('presence', changed);
  client.on('message', (message) => {
    const { conversationId, from, seq } = message;
    typing.noteMessage(conversationId, from);
    const summary = find(conversationId);
    if (from !== me) pending.retryWaiting(conversationId);
    if (from === me) seenMarks.mark(conversationId, seq);
    else if (client.blocked().has(from)) return changed();
    else if (conversationId === current || summary === undefined || !isMuted(summary, now()))
      options.news(message, summary === undefined ? personName(from) : conversationName(summary, me));
    changed();
  });

  function view(): ChatView {
    const open = opened();
    const facts = client.conversations().map((summary) => {
      const { conversationId } = summary;
      const messages = client.messages(conversationId);
      return {
        summary,
        unread: seenMarks.unread(summary, messages),
        changesInMs: nextChangeMs(messages, now()),
      };
    });
    return {
      connection: connectionWords(client.state(), client.unsent().length, options.onLine()),
      listed,
      conversations: conversationRows(
        facts.filter(
          ({ summary }) => withHidden || summary.hidden !== true || summary.conversationId === current,
        ),
        current,
        me,
        now(),
      ),
      hidden: { count: facts.filter(({ summary }) => summary.hidden === true).length, shown: withHidden },
      unread: facts.reduce((sum, { unread, summary }) => sum + (isMuted(summary, now()) ? 0 : unread), 0),
      open:
        open &&
        openConversation(client, open, {
          ...{ me, now: now() },
          pending: pending.of(open.conversationId),
          older: pages.state(open.conversationId),
          typing: typing.words(open.conversationId),
          receipts: client.receipts(open.conversationId),
          pinned: pinned.list(),
          memory,
        }),
      nextChangeMs:
        open !== undefined && typing.words(open.conversationId) !== undefined
          ? 1_000
          : Math.min(30_000, ...facts.map(({ changesInMs }) => changesInMs)),
    };
  }

  function select(conversationId: string | undefined): void {
    current = conversationId;
    const open = opened();
    // One's own is in the list also while one is not in it.
    if (open?.kind === 'room' && client.live(open.conversationId) === undefined)
      client.watch(open.conversationId).catch(ignoreRefusal);
    lookAtOther();
    loadFirstPage();
    changed();
  }

  return {
    pending,
    quote: (conversationId, seq) => quoteOf(client, conversationId, seq, me),
    names(conversationId) {
      people.load(conversationId);
      return people.names(conversationId);
    },
    select,
    loadOlder() {
      if (current !== undefined) pages.more(current);
    },
    async start(wanted, id) {
      // Who is quick asks before the first connection is there.
      await whenOnline(client);
      const { conversationId } = wanted.kind === 'watch' ? wanted : await client.open(wanted, id);
      if (wanted.kind === 'watch' || wanted.kind === 'room') await client.watch(conversationId);
      select(conversationId);
    },
    toggleHidden() {
      withHidden = !withHidden;
      changed();
    },
    markSeen,
    seen: seenMarks.all,
    pinned: pinned.list,
    mayPin() {
      const open = opened();
      return open !== undefined && mayPin(open, client.hello()?.rules);
    },
    view,
  };
}

/** Whoever is refused sees it by what is written there not coming; the next try is a click away. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof LapseError)) throw error;
}
