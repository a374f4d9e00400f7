import type { MediaFacts } from '../shared/protocol/media/table.ts';
import type { Content } from '../shared/protocol/messages/frames.ts';
import type { MessageContent } from '../shared/protocol/messages/table.ts';
import type { HelloResult } from '../shared/protocol/session/table.ts';
import { type Connector, connector } from './connection/connector.ts';
import { type ConversationBook, conversationBook } from './conversations/conversation-book.ts';
import { type Inbox, inbox } from './conversations/inbox.ts';
import { type Outbox, outbox } from './conversations/outbox.ts';
import { type Reading, reading } from './conversations/reading.ts';
import type { ClientEvents } from './events/client-events.ts';
import type { ClientState } from './events/client-state.ts';
import { type Emitter, emitter } from './events/emitter.ts';
import type { LapseClientOptions } from './options/options.ts';
import { type ServerClock, serverClock } from './time/server-clock.ts';
import { timerSet } from './time/timer-set.ts';

/** The parts of a client, wired to each other. */
export type ClientCore = {
  readonly book: ConversationBook;
  readonly events: Emitter<ClientEvents>;
  readonly time: ServerClock;
  readonly connection: Connector;
  readonly received: Inbox;
  readonly places: Reading;
  readonly queue: Outbox;
  readonly hello: () => HelloResult | undefined;
  readonly forget: () => void;
};

export function clientCore(options: Required<LapseClientOptions>): ClientCore {
  const { clock, random, reorderMs } = options;
  const events = emitter<ClientEvents>();
  const time = serverClock(clock);
  const book = conversationBook(time.now, options.cursors);
  const timers = timerSet(clock);
  let hello: HelloResult | undefined;

  function onState(state: ClientState): void {
    if (state.name === 'online') queue.resume();
    else queue.pause();
    if ('hello' in state) {
      const known = hello?.consent.state ?? 'none';
      hello = state.hello;
      if (known !== 'none' && hello.consent.state === 'none') received.clear();
    }
    events.emit('state', state);
  }

  const connection = connector(options, time, {
    onState,
    onPush(push) {
      if (push.kind === 'messages') received.receive(push.messages);
      else if (push.kind === 'read') places.heard(push.read);
      else if (push.kind === 'typing') events.emit('typing', push.typing);
      else if (push.kind === 'erased') received.erase(push.erased.conversationId, push.erased.seqs);
      else if (push.kind === 'erasure') events.emit('erasure', push.receipt);
      else events.emit('push', push.push);
    },
    onHello(result) {
      hello = result;
      received.greeted(result);
      places.resume();
    },
    cursors: () => book.cursors(),
  });
  const { request } = connection;
  const userId = () => hello?.userId;
  const received = inbox({
    ...{ book, events, time, request, random, reorderMs, userId },
    pageSize: () => hello?.limits.historyPage ?? 100,
    onStrange: () => connection.refresh(),
  });
  const places = reading({ book, events, request, userId });
  const queue = outbox({
    timers,
    random,
    deliver: ({ id, ...fields }) => request('send', fields, id),
    onSent({ id, conversationId, content: asked, replyTo, mentions }, { seq, sentAt, expiresAt, media }) {
      const content = sentContent(asked, media);
      if (content === undefined) return;
      const from = hello?.userId ?? '';
      const extra = {
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined ? {} : { mentions }),
      };
      received.receive([{ conversationId, seq, id, from, sentAt, expiresAt, content, ...extra }]);
    },
  });

  return {
    ...{ book, events, time, connection, received, places, queue },
    hello: () => hello,
    forget() {
      timers.clear();
      received.stop();
    },
  };
}

/** As the others have it; undefined when the server does not say what it found the media to be. */
function sentContent(content: Content, media: MediaFacts | undefined): MessageContent | undefined {
  if (content.type === 'text') return content;
  const { posterId: _kept, ...sent } = { posterId: undefined, ...content };
  return media && { ...sent, media };
}
