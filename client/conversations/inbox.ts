import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { HelloResult } from '../../shared/protocol/session/table.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { LapseClientOptions } from '../options/options.ts';
import { expiryTimer } from '../time/expiry-timer.ts';
import type { ServerClock } from '../time/server-clock.ts';
import { timerSet } from '../time/timer-set.ts';
import type { Request } from '../wire/actions.ts';
import type { ConversationStore } from './conversation-store.ts';
import { gapFiller } from './gap-filler.ts';
import { loadOlder } from './load-older.ts';

/** Brings every message into its timeline, and out of it when its time is over. */
export type Inbox = {
  receive(messages: readonly MessageBody[]): void;
  erase(conversationId: string, seqs: readonly number[]): void;
  onHello(hello: HelloResult): void;
  loadOlder(conversationId: string): Promise<boolean>;
  /** There are messages up to that number: what is missing is fetched. */
  catchUp(conversationId: string, lastSeq: number): void;
  /** The server knows nothing of this person any more: neither does this client. */
  clear(): void;
  stop(): void;
};

export type InboxOptions = Pick<Required<LapseClientOptions>, 'random' | 'reorderMs'> & {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly time: ServerClock;
  readonly request: Request;
  readonly userId: () => string | undefined;
  readonly pageSize: () => number;
  /** Somebody else has opened a conversation since the last hello. */
  readonly onUnknownConversation: () => void;
};

export function createInbox(options: InboxOptions): Inbox {
  const { conversations, events, time, request, pageSize } = options;
  const timers = timerSet(time);
  const kindOf = (conversationId: string) => conversations.summary(conversationId)?.kind ?? 'group';
  const filler = gapFiller({
    request,
    clock: time,
    random: options.random,
    pageSize,
    kindOf,
    onMessages: show,
  });
  /** Pushes that came before the first hello, which says where the timelines begin. */
  let early: MessageBody[] | undefined = [];
  /** Each is asked about once. */
  const askedAbout = new Set<string>();

  const expiry = expiryTimer(time, () => {
    const expired = [...conversations.timelines()].flatMap(([, timeline]) => timeline.expire());
    for (const [, timeline] of conversations.timelines()) expect(timeline.nextExpiry());
    conversations.uncount(expired, options.userId());
    expect(conversations.nextEnd());
    if (expired.length > 0) events.emit('expired', expired);
    // What is listed of a message goes with it, whether or not the message was ever here.
    events.emit('conversations', conversations.summaries());
  });
  function expect(instant: number | undefined): void {
    if (instant !== undefined) expiry.expect(instant);
  }

  function show(messages: readonly MessageBody[]): void {
    for (const message of messages) {
      expect(message.expiresAt * 1000);
      conversations.countMessage(message, options.userId());
      if (!conversations.isListed(message.conversationId) && !askedAbout.has(message.conversationId)) {
        askedAbout.add(message.conversationId);
        options.onUnknownConversation();
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
      const timeline = conversations.timelineOf(conversationId, seq);
      show(timeline.add([message]));
      if (timeline.synced() < timeline.latest())
        timers.after(options.reorderMs, () => void filler.fill(conversationId, timeline));
    }
  }

  return {
    receive,
    erase(conversationId, seqs) {
      early = early?.filter((each) => each.conversationId !== conversationId || !seqs.includes(each.seq));
      const timeline = conversations.find(conversationId);
      if (timeline === undefined) return;
      const gone = timeline.erase(seqs);
      // What waited behind a number that turns out to be empty waits no longer.
      show(timeline.add([]));
      conversations.uncount(
        seqs.map((seq) => ({ conversationId, seq })),
        options.userId(),
      );
      if (gone.length > 0) events.emit('erased', gone);
    },
    onHello({ conversations: summaries = [] }) {
      const held = early ?? [];
      early = undefined;
      conversations.applyList(summaries, held);
      receive(held);
      for (const [conversationId, timeline] of conversations.timelines())
        void filler.fill(conversationId, timeline);
      expect(conversations.nextEnd());
      events.emit('conversations', conversations.summaries());
    },
    async loadOlder(conversationId) {
      const timeline = conversations.find(conversationId);
      if (timeline === undefined) return false;
      const more = await loadOlder(request, conversationId, timeline, pageSize());
      expect(timeline.nextExpiry());
      events.emit('older', { conversationId });
      return more;
    },
    catchUp(conversationId, lastSeq) {
      const timeline = conversations.timelineOf(conversationId, lastSeq);
      timeline.noteLatest(lastSeq);
      void filler.fill(conversationId, timeline);
    },
    clear() {
      const gone = [...conversations.timelines()].flatMap(([, timeline]) => timeline.list());
      conversations.clear();
      early = [];
      askedAbout.clear();
      if (gone.length > 0) events.emit('erased', gone);
      events.emit('conversations', []);
    },
    stop() {
      timers.clear();
      expiry.stop();
    },
  };
}
