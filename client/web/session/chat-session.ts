import { type LapseClient, lapseClient } from '../../lapse-client.ts';
import { systemClock } from '../../time/clock.ts';
import { eventWords } from '../../words/event-words.ts';
import { personName } from '../../words/person-name.ts';
import type { ChatScreen } from '../dom/chat-screen.ts';
import type { Draft } from '../dom/composer/composer.ts';
import { filmPoster } from '../dom/media/film-poster.ts';
import { type Chat, chat } from '../model/chat.ts';
import { type MediaUrls, mediaUrls } from '../model/media/media-urls.ts';
import { preview } from '../model/media/media-view.ts';
import type { TabMemory } from '../model/tab-memory.ts';
import { atMostEvery } from './at-most-every.ts';
import { type ClientEventHandlers, handleClientEvents } from './handle-client-events.ts';
import { isWatched, watchPageAttention } from './page-attention.ts';

/** A browser lays out hundreds of messages anew each time: in a busy chat several messages are drawn at once. */
const redrawMs = 250;

/** One person at this tab, from signing in to signing out. */
export type ChatSession = {
  readonly userId: string;
  readonly client: LapseClient;
  readonly chat: Chat;
  readonly media: MediaUrls;
  send(draft: Draft): void;
  /** What a message of that conversation says, and who: as long as it can be read. */
  quote(seq: number): string | undefined;
  /** Who can be mentioned in the conversation that is open. */
  names(): readonly string[];
  /** Which conversation is open. */
  openId(): string | undefined;
  /** Back to the list; says which conversation was open. */
  closeConversation(): string | undefined;
  /** Shows what there is at once, for a focus that goes there next. */
  show(): void;
  close(): void;
};

export type ChatSessionOptions = Omit<ClientEventHandlers, 'announce'> & {
  readonly memory: TabMemory;
  readonly token: () => Promise<string>;
  readonly screen: ChatScreen;
  /** Another conversation lies open. */
  readonly setConversation: (conversationId: string) => void;
};

export function chatSession({
  userId,
  memory,
  token,
  screen,
  setConversation,
  ...handlers
}: ChatSessionOptions): ChatSession {
  const over = new AbortController();
  const seen = memory.userId() === userId ? memory.seen() : {};
  const client = lapseClient({ url: socketUrl(), token, cursors: seen });
  const media = mediaUrls({
    download: client.download,
    create: (bytes) => URL.createObjectURL(bytes),
    revoke: (url) => URL.revokeObjectURL(url),
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let openId: string | undefined;
  /** The person has gone back to the list. */
  let left = false;

  const redraw = atMostEvery(
    redrawMs,
    () => {
      if (!over.signal.aborted) show();
    },
    systemClock(),
  );

  function show(): void {
    model.markSeen();
    const before = openId;
    const view = model.view();
    openId = view.open?.conversationId;
    if (openId !== undefined) setConversation(openId);
    screen.show(view);
    // The chat that lay open is no longer one's own: nobody is left where nothing is.
    if (before !== undefined && openId === undefined && !left) {
      screen.announce('You are no longer in that chat.');
      screen.focusList();
    }
    left = false;
    memory.remember(userId, model.seen());
    clearTimeout(timer);
    timer = setTimeout(redraw, view.nextChangeMs);
  }

  const model = chat({
    client,
    userId,
    seen,
    now: client.now,
    watched: isWatched,
    onLine: () => navigator.onLine,
    posterOf: filmPoster,
    changed: redraw,
    news(message, conversation) {
      const { conversationId, from, content } = message;
      const here = conversationId === openId;
      if (content.type === 'event') {
        // Elsewhere nobody waits to hear who has come and gone.
        if (here) screen.announce(eventWords(content, from, userId), message);
        return;
      }
      const words = here
        ? `${personName(from)}: ${preview(content)}`
        : `New message from ${personName(from)} in \u2068${conversation}\u2069`;
      screen.announce(words, message);
    },
  });

  handleClientEvents(client, {
    userId,
    ...handlers,
    announce: screen.announce,
    onGone(messages) {
      media.forget(messages);
      screen.hush(messages);
      handlers.onGone(messages);
    },
  });
  watchPageAttention({ onReturn: client.wake, onChange: redraw }, over.signal);
  client.connect();
  show();

  return {
    userId,
    client,
    chat: model,
    show,
    media,
    openId: () => openId,
    quote(seq) {
      const quoted = openId === undefined ? undefined : model.quote(openId, seq);
      return quoted && `${quoted.name}: ${quoted.text}`;
    },
    names: () => (openId === undefined ? [] : model.names(openId)),
    send({ text, attachments, replyTo }) {
      if (openId === undefined) return;
      for (const [index, attachment] of attachments.entries()) {
        // Beneath the last one the caption stands beneath all of them.
        const answered = index === 0 ? replyTo : undefined;
        model.pending.send(openId, index === attachments.length - 1 ? text : '', attachment, answered);
        screen.announce(`Uploading ${attachment.name}`);
      }
      if (attachments.length === 0) model.pending.send(openId, text, undefined, replyTo);
    },
    closeConversation() {
      const closed = openId;
      left = true;
      model.select(undefined);
      show();
      return closed;
    },
    close() {
      over.abort();
      clearTimeout(timer);
      model.pending.stop();
      client.close();
      media.clear();
    },
  };
}

const socketUrl = (): string => {
  const url = new URL('/v1', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};
