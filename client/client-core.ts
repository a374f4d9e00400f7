import type { Content } from '../shared/protocol/client-frames.ts';
import type {
  ConversationSummary,
  HelloResult,
  MediaFacts,
  MessageBody,
  MessageContent,
} from '../shared/protocol/server-frames.ts';
import type { ClientState } from './client-state.ts';
import { type Connector, connector } from './connector.ts';
import { type ConversationBook, conversationBook } from './conversation-book.ts';
import { type Emitter, emitter } from './emitter.ts';
import { expiryTimer } from './expiry-timer.ts';
import { gapFiller } from './gap-filler.ts';
import { loadOlder } from './load-older.ts';
import type { LapseClientOptions } from './options.ts';
import { type Outbox, outbox } from './outbox.ts';
import { readMarks } from './read-marks.ts';
import type { Erasure, OtherPush, Read, Typing } from './server-frame.ts';
import { timerSet } from './timer-set.ts';

export type ClientEvents = {
  readonly state: ClientState;
  /** Each message once and in the order of its conversation: pushed, missed while away, or one's own after its ack. */
  readonly message: MessageBody;
  /** Messages whose time is over; they are gone from `messages()`. */
  readonly expired: readonly MessageBody[];
  /** How far a member has read; also oneself, on another device. */
  readonly read: Read;
  /** A member is writing. */
  readonly typing: Typing;
  /** Messages that their sender has had erased; they are gone from `messages()`. */
  readonly erased: readonly MessageBody[];
  /** The receipt of an erasure of one's own. */
  readonly erasure: Erasure;
  readonly conversations: readonly ConversationSummary[];
  /** A push of a kind that this library leaves to the app. */
  readonly push: OtherPush;
};

/** As the others have it; undefined when the server does not say what it found the media to be. */
function sentContent(content: Content, media: MediaFacts | undefined): MessageContent | undefined {
  if (content.type === 'text') return content;
  const { posterId: _kept, ...sent } = { posterId: undefined, ...content };
  return media && { ...sent, media };
}

/** The parts of a client, wired to each other. */
export type ClientCore = {
  readonly book: ConversationBook;
  readonly events: Emitter<ClientEvents>;
  readonly connection: Connector;
  readonly queue: Outbox;
  readonly hello: () => HelloResult | undefined;
  readonly older: (conversationId: string) => Promise<boolean>;
  /** What there is of the conversation has been seen. */
  readonly read: (conversationId: string) => void;
  readonly forget: () => void;
};

export function clientCore(options: Required<LapseClientOptions>): ClientCore {
  const { clock, random } = options;
  const events = emitter<ClientEvents>();
  const book = conversationBook(clock.now, options.cursors);
  const timers = timerSet(clock);
  /** Pushes that came before the first hello, which says where the timelines begin. */
  let early: MessageBody[] | undefined = [];
  let hello: HelloResult | undefined;
  /** Conversations that somebody else has opened since the last hello: each is asked about once. */
  const strange = new Set<string>();

  const expiry = expiryTimer(clock, () => {
    const expired = [...book.timelines()].flatMap(([, timeline]) => timeline.expire());
    for (const [, timeline] of book.timelines()) expect(timeline.nextExpiry());
    if (expired.length > 0) events.emit('expired', expired);
  });
  const expect = (instant: number | undefined) => {
    if (instant !== undefined) expiry.expect(instant);
  };

  function show(messages: readonly MessageBody[]): void {
    for (const message of messages) {
      expect(message.expiresAt * 1000);
      book.grown(message, hello?.userId);
      if (!book.knows(message.conversationId) && !strange.has(message.conversationId)) {
        strange.add(message.conversationId);
        connection.refresh();
      }
      events.emit('message', message);
    }
  }

  function receive(messages: readonly MessageBody[]): void {
    if (early !== undefined) {
      early.push(...messages);
      return;
    }
    for (const message of messages) {
      const { conversationId, seq } = message;
      const timeline = book.timelineOf(conversationId, seq);
      show(timeline.add([message]));
      if (timeline.synced() < timeline.target()) {
        timers.after(options.reorderMs, () => void filler.fill(conversationId, timeline));
      }
    }
  }

  function erase(conversationId: string, seqs: readonly number[]): void {
    early = early?.filter((each) => each.conversationId !== conversationId || !seqs.includes(each.seq));
    const timeline = book.find(conversationId);
    if (timeline === undefined) return;
    const gone = timeline.erase(seqs);
    // What waited behind a number that turns out to be empty waits no longer.
    show(timeline.add([]));
    if (gone.length > 0) events.emit('erased', gone);
  }

  function hasRead(read: Read): void {
    if (read.userId === hello?.userId) {
      book.read(read.conversationId, read.seq);
      events.emit('conversations', book.summaries());
    }
    events.emit('read', read);
  }

  function greeted(result: HelloResult): void {
    hello = result;
    const held = early ?? [];
    early = undefined;
    book.list(result.conversations ?? [], held);
    receive(held);
    for (const [conversationId, timeline] of book.timelines()) void filler.fill(conversationId, timeline);
    marks.resume();
    events.emit('conversations', book.summaries());
  }

  const connection = connector(options, {
    onState(state) {
      if (state.name === 'online') queue.resume();
      else queue.pause();
      if ('hello' in state) hello = state.hello;
      events.emit('state', state);
    },
    onPush(push) {
      if (push.kind === 'messages') receive(push.messages);
      else if (push.kind === 'read') hasRead(push.read);
      else if (push.kind === 'typing') events.emit('typing', push.typing);
      else if (push.kind === 'erased') erase(push.erased.conversationId, push.erased.seqs);
      else if (push.kind === 'erasure') events.emit('erasure', push.receipt);
      else events.emit('push', push.push);
    },
    onHello: greeted,
    cursors: () => book.cursors(),
  });
  const pageSize = () => hello?.limits.historyPage ?? 100;
  const filler = gapFiller({ request: connection.request, clock, random, pageSize, onMessages: show });
  const marks = readMarks((conversationId, seq) => connection.request('read', { conversationId, seq }));
  const queue = outbox({
    timers,
    random,
    deliver: ({ id, ...fields }) => connection.request('send', fields, id),
    onSent({ id, conversationId, content: asked, replyTo, mentions }, { seq, sentAt, expiresAt, media }) {
      const content = sentContent(asked, media);
      if (content === undefined) return;
      const from = hello?.userId ?? '';
      const extra = {
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(mentions === undefined ? {} : { mentions }),
      };
      receive([{ conversationId, seq, id, from, sentAt, expiresAt, content, ...extra }]);
    },
  });

  return {
    book,
    events,
    connection,
    queue,
    hello: () => hello,
    read(conversationId) {
      const seq = book.find(conversationId)?.synced() ?? 0;
      const summary = book.summaries().find((each) => each.conversationId === conversationId);
      if (summary === undefined || seq <= summary.readSeq) return;
      book.read(conversationId, seq);
      marks.mark(conversationId, seq);
    },
    async older(conversationId) {
      const timeline = book.find(conversationId);
      if (timeline === undefined) return false;
      const more = await loadOlder(connection.request, conversationId, timeline, pageSize());
      expect(timeline.nextExpiry());
      return more;
    },
    forget() {
      timers.clear();
      expiry.stop();
    },
  };
}
