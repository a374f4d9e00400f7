import { contentText } from '../content-text.ts';
import { type LapseClient, lapseClient } from '../lapse-client.ts';
import type { Erasure } from '../server-frame.ts';
import type { ChatScreen } from './dom/chat-screen.ts';
import type { ConsentDialog } from './dom/consent-dialog.ts';
import { type Chat, chat } from './model/chat.ts';
import { endNotice } from './model/end-notice.ts';
import type { TabMemory } from './model/tab-memory.ts';

/** One person at this tab, from signing in to signing out. */
export type Sitting = {
  readonly userId: string;
  readonly client: LapseClient;
  readonly chat: Chat;
  say(text: string): void;
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
  end,
}: SittingOptions): Sitting {
  const over = new AbortController();
  const seen = memory.userId() === userId ? memory.seen() : {};
  const client = lapseClient({ url: socketUrl(), token, cursors: seen });
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
    now: Date.now,
    watched: () => document.visibilityState === 'visible',
    onLine: () => navigator.onLine,
    changed,
    news({ conversationId, from, content }, conversation) {
      const here = conversationId === openId;
      screen.say(here ? `${from}: ${contentText(content)}` : `New message from ${from} in ${conversation}`);
    },
  });

  client.on('state', (state) => {
    if (state.name === 'consent-required') {
      consent.ask(client, state.hello, () => end('You can sign in again whenever you like.'));
    } else if (state.name === 'online') consent.close();
    else if (state.name === 'closed' && state.reason !== undefined) end(endNotice(state.reason));
  });
  client.on('erasure', receipt);
  const listening = { signal: over.signal };
  document.addEventListener('visibilitychange', changed, listening);
  window.addEventListener('online', changed, listening);
  window.addEventListener('offline', changed, listening);
  client.connect();
  show();

  return {
    userId,
    client,
    chat: model,
    show,
    say(text) {
      if (openId !== undefined) model.sendings.send(openId, text);
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
      client.close();
    },
  };
}

const socketUrl = (): string => {
  const url = new URL('/v1', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url.href;
};
