import { type ClientCore, clientCore } from './client-core.ts';
import { deliveryReceipts } from './conversations/delivery-receipts.ts';
import { createPins, type Pins } from './conversations/pins.ts';
import { createQuotes, type Quotes } from './conversations/quotes.ts';
import { createReactions, type Reactions } from './conversations/reactions.ts';
import { createReceiptMarks, type Receipts } from './conversations/receipt-marks.ts';
import { createRooms, type Rooms } from './conversations/rooms.ts';
import { createPresences, type Presences } from './people/presences.ts';

/** After an absence the newest conversations are told that what was written there has come. */
const mostToldAtOnce = 20;

/** What the whole client has beside its core. */
export type ClientParts = {
  readonly quotes: Quotes;
  readonly reactions: Reactions;
  readonly pins: Pins;
  readonly rooms: Rooms;
  readonly presences: Presences;
  /** How far all of the others have come. */
  readonly receiptsOf: (conversationId: string) => Receipts;
};

export function clientParts(core: ClientCore): ClientParts {
  const { conversations, events, timers, time, userId } = core;
  const { request } = core.connection;
  const listed = () => events.emit('conversations', conversations.summaries());

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
  events.on('gone', ({ conversationId, seqs }) => quotes.forget(conversationId, seqs));
  // Who was away may have missed that something was erased.
  core.add({ begin: quotes.clear, clear: quotes.clear, stop: quotes.clear });

  const reactions = createReactions({
    ...{ conversations, events, request, userId },
    noted: core.changes.noted,
  });
  core.add({ pushes: { reacted: reactions.receive }, clear: reactions.clear });

  const pins = createPins({ conversations, events, request, noted: core.changes.noted });
  core.add({ pushes: { pinned: pins.receive }, clear: pins.clear });

  const rooms = createRooms({ conversations, request, timers, catchUp: core.inbox.catchUp, changed: listed });
  core.add({ resume: rooms.resume, clear: rooms.clear });

  const presences = createPresences(events, request);
  core.add({ pushes: { presence: presences.receive }, resume: presences.resume });

  const others = createReceiptMarks();
  events.on('read', ({ conversationId, userId: who, seq }) => others.note('read', conversationId, who, seq));
  events.on('delivered', ({ conversationId, userId: who, seq }) =>
    others.note('delivered', conversationId, who, seq),
  );
  core.add({ begin: (hello) => others.noteList(hello.conversations ?? []), clear: others.clear });

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
  });
  core.add({
    resume() {
      deliveries.resume();
      for (const { conversationId, lastSeq: seq, unread } of conversations
        .summaries()
        .slice(0, mostToldAtOnce))
        if (unread > 0) deliveries.came({ conversationId, seq });
    },
  });

  return {
    ...{ quotes, reactions, pins, rooms, presences },
    receiptsOf(conversationId) {
      const summary = conversations.summary(conversationId);
      return summary === undefined ? { read: 0, delivered: 0 } : others.upTo(summary, userId());
    },
  };
}

/** The core with all of its parts. */
export function wholeCore(...args: Parameters<typeof clientCore>): ClientCore & ClientParts {
  const core = clientCore(...args);
  return { ...core, ...clientParts(core) };
}
