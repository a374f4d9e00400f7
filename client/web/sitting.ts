import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { type LapseClient, lapseClient } from '../lapse-client.ts';
import type { Erasure } from '../wire/server-frame.ts';
import type { ChatScreen } from './dom/chat-screen.ts';
import type { Draft } from './dom/composer/composer.ts';
import type { ConsentDialog } from './dom/dialogs/consent-dialog.ts';
import { filmPoster } from './dom/media/film-poster.ts';
import { type Chat, chat } from './model/chat.ts';
import { type MediaUrls, mediaUrls } from './model/media/media-urls.ts';
import { preview } from './model/media/media-view.ts';
import type { TabMemory } from './model/tab-memory.ts';
import { endNotice } from './model/words/end-notice.ts';

/** One person at this tab, from signing in to signing out. */
export type Sitting = {
  readonly userId: string;
  readonly client: LapseClient;
  readonly chat: Chat;
  readonly media: MediaUrls;
  say(draft: Draft): void;
  /** Which conversation is open. */
  openId(): string | undefined;
  /** Back to the list; says which conversation was open. */
  leave(): string | undefined;
  /** Shows what there is at once, for a focus that goes there next. */
  show(): void;
  close(): void;
};

export type SittingOptions = {
  readonly userId: string;
  readonly memory: TabMemory;
  readonly token: () => Promise<string>;
  readonly screen: ChatScreen;
  readonly consent: ConsentDialog;
  /** Another conversation lies open. */
  readonly atDesk: (conversationId: string) => void;
  readonly receipt: (receipt: Erasure) => void;
  /** Messages whose time is over, or that were erased. */
  readonly gone: (messages: readonly MessageBody[]) => void;
  readonly end: (notice: string) => void;
};

export function sitting({
  userId,
  memory,
  token,
  screen,
  consent,
  atDesk,
  receipt,
  gone,
  end,
}: SittingOptions): Sitting {
  const over = new AbortController();
  const seen = memory.userId() === userId ? memory.seen() : {};
  const client = lapseClient({ url: socketUrl(), token, cursors: seen });
  const media = mediaUrls({
    download: client.download,
    create: (bytes) => URL.createObjectURL(bytes),
    revoke: (url) => URL.revokeObjectURL(url),
  });
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let openId: string | undefined;

  /** Once for everything that happens together. */
  function changed(): void {
    if (asked) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      if (!over.signal.aborted) show();
    });
  }

  function show(): void {
    const view = model.view();
    if (view.open !== undefined) atDesk(view.open.conversationId);
    openId = view.open?.conversationId;
    screen.show(view);
    memory.remember(userId, model.seen());
    clearTimeout(timer);
    timer = setTimeout(changed, view.nextChangeMs);
  }

  const model = chat({
    client,
    userId,
    seen,
    now: client.now,
    watched: () => document.visibilityState === 'visible',
    onLine: () => navigator.onLine,
    posterOf: filmPoster,
    changed,
    news({ conversationId, from, content }, conversation) {
      const here = conversationId === openId;
      screen.say(here ? `${from}: ${preview(content)}` : `New message from ${from} in ${conversation}`);
    },
  });

  client.on('state', (state) => {
    if (state.name === 'consent-required') {
      consent.ask(client, state.hello, () => end('You can sign in again whenever you like.'));
    } else if (state.name === 'online') consent.close();
    else if (state.name === 'closed' && state.reason !== undefined) end(endNotice(state.reason));
  });
  client.on('erasure', (erased) => {
    if (erased.scope === 'message') screen.say('The message is erased.');
    else receipt(erased);
  });
  for (const end of ['expired', 'erased'] as const)
    client.on(end, (messages) => {
      media.forget(messages);
      gone(messages);
    });
  client.on('message', ({ from, content }) => {
    if (from === userId && content.type !== 'text') screen.say(`Sent. ${preview(content)}`);
  });
  const listening = { signal: over.signal };
  /** Back after a while, or with a network again: nobody waits for the next try of the client's own. */
  const awake = () => {
    if (document.visibilityState === 'visible') client.wake();
    changed();
  };
  document.addEventListener('visibilitychange', awake, listening);
  window.addEventListener('online', awake, listening);
  window.addEventListener('offline', changed, listening);
  client.connect();
  show();

  return {
    userId,
    client,
    chat: model,
    show,
    media,
    openId: () => openId,
    say({ text, attachments }) {
      if (openId === undefined) return;
      for (const [index, attachment] of attachments.entries()) {
        // Beneath the last one the caption stands beneath all of them.
        model.sendings.send(openId, index === attachments.length - 1 ? text : '', attachment);
        screen.say(`Uploading ${attachment.name}`);
      }
      if (attachments.length === 0) model.sendings.send(openId, text);
    },
    leave() {
      const left = openId;
      model.select(undefined);
      show();
      return left;
    },
    close() {
      over.abort();
      clearTimeout(timer);
      model.sendings.stop();
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
