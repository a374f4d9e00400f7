import type { ConversationSummary } from '../../shared/protocol/conversations/table.ts';
import type { HistoryResult, MessageBody } from '../../shared/protocol/messages/table.ts';
import type { Push } from '../../shared/protocol/table.ts';
import type { ClientEvents } from '../events/client-events.ts';
import type { Emitter } from '../events/emitter.ts';
import type { TimerSet } from '../time/timer-set.ts';
import type { Request } from '../wire/actions.ts';
import { LapseError } from '../wire/lapse-error.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { Timeline } from './timeline.ts';

/** Keeps what is shown as it is on the server: by pushes, and by asking for what was missed. */
export type ChangeFollower = {
  receive(push: Push<'edited' | 'recalled'>): void;
  /** A change of that number has been carried out, here or by a push: what lies before it may have been missed. */
  noted(conversationId: string, rev: number): void;
  /** A list says how many changes there are in each. */
  onList(summaries: readonly ConversationSummary[]): void;
};

export type ChangeFollowerOptions = {
  readonly conversations: ConversationStore;
  readonly events: Emitter<ClientEvents>;
  readonly request: Request;
  readonly userId: () => string | undefined;
  readonly pageSize: () => number;
  readonly erase: (conversationId: string, seqs: readonly number[]) => void;
  readonly timers: TimerSet;
  readonly random: () => number;
};

/** Of two pushes the later one may come first. */
const reorderMs = 250;
/** All who are there see the same gap at the same time, and are not to ask at once; in a room there may be a million of them. */
const spreadMs = { direct: 250, group: 2_000, room: 15_000 } as const;
/** What is known beyond a gap; what there is more of it is asked for with the gap. */
const mostBeyond = 1_000;

/** Of what is shown so much is read again at a time; older pages are forgotten rather. */
const mostPages = 20;

export function changeFollower(options: ChangeFollowerOptions): ChangeFollower {
  const { conversations, events, request, erase } = options;
  const following = new Set<string>();
  /** The changes that are known beyond a gap, of each conversation in which one has been seen. */
  const beyond = new Map<string, Set<number>>();

  function replace(message: MessageBody): void {
    const { conversationId, seq } = message;
    const replaced = conversations.find(conversationId)?.replace(message);
    if (replaced === undefined) return;
    conversations.uncount([{ conversationId, seq }], options.userId());
    events.emit('changed', replaced);
    events.emit('conversations', conversations.summaries());
  }

  function noted(conversationId: string, rev: number): void {
    const known = conversations.rev(conversationId);
    if (known === undefined || rev <= known) return;
    const later = beyond.get(conversationId);
    if (rev === known + 1) {
      let last = rev;
      while (later?.delete(last + 1) === true) last += 1;
      conversations.noteRev(conversationId, last);
    } else if (later !== undefined) {
      if (later.size < mostBeyond) later.add(rev);
    } else {
      beyond.set(conversationId, new Set([rev]));
      const spread = spreadMs[conversations.summary(conversationId)?.kind ?? 'group'];
      options.timers.after(reorderMs + options.random() * spread, () => afterGap(conversationId));
    }
  }

  function afterGap(conversationId: string): void {
    const later = beyond.get(conversationId) ?? new Set();
    beyond.delete(conversationId);
    if (later.size > 0 && Math.max(...later) > (conversations.rev(conversationId) ?? 0))
      void follow(conversationId);
  }

  async function follow(conversationId: string): Promise<void> {
    if (following.has(conversationId)) return;
    following.add(conversationId);
    try {
      let next = conversations.rev(conversationId);
      while (next !== undefined) next = await page(conversationId, next);
    } catch (error) {
      // The next hello compares again.
      if (!(error instanceof LapseError)) throw error;
    } finally {
      following.delete(conversationId);
    }
  }

  async function page(conversationId: string, changedAfter: number): Promise<number | undefined> {
    const answer = await request('history', { conversationId, changedAfter });
    if (answer.reload === true) await reload(conversationId);
    else apply(conversationId, answer);
    const reached = answer.next ?? answer.lastRev;
    if (reached !== undefined) conversations.noteRev(conversationId, reached);
    return answer.next;
  }

  function apply(conversationId: string, { messages, changes = [] }: HistoryResult): void {
    const present = new Set(messages.map(({ seq }) => seq));
    const gone = changes.flatMap(({ seq }) => (present.has(seq) ? [] : [seq]));
    if (gone.length > 0) erase(conversationId, gone);
    for (const message of messages) replace(message);
  }

  /** All that is shown of it is read once more: what is not there any more is gone. */
  async function reload(conversationId: string): Promise<void> {
    const timeline = conversations.find(conversationId);
    const [first] = timeline?.list() ?? [];
    if (timeline === undefined || first === undefined) return;
    let after = first.seq - 1;
    for (let pages = 0; pages < mostPages && after < timeline.synced(); pages += 1) {
      const { messages, next } = await request('history', {
        conversationId,
        after,
        limit: options.pageSize(),
      });
      const to = next === undefined ? timeline.synced() : (messages.at(-1)?.seq ?? next);
      erase(conversationId, shownBetween(timeline, after, to, messages));
      for (const message of messages) replace(message);
      after = to;
    }
  }

  return {
    receive(push) {
      const known = conversations.find(push.conversationId)?.find(push.seq);
      if (known !== undefined) replace(changed(known, push));
      noted(push.conversationId, push.rev);
    },
    noted,
    onList(summaries) {
      for (const { conversationId, lastRev = 0 } of summaries) {
        const known = conversations.rev(conversationId);
        if (known === undefined) conversations.noteRev(conversationId, lastRev);
        else if (lastRev > known) void follow(conversationId);
      }
    },
  };
}

function changed(known: MessageBody, push: Push<'edited' | 'recalled'>): MessageBody {
  if (push.type === 'edited')
    return { ...known, content: push.content, rev: push.rev, editedAt: push.editedAt };
  const {
    mentions: _m,
    mentionsAll: _a,
    replyTo: _r,
    reactions: _g,
    editedAt: _e,
    pinnedAt: _p,
    ...rest
  } = known;
  return { ...rest, content: { type: 'recalled' }, rev: push.rev, recalledAt: push.recalledAt };
}

/** Those behind `after` and up to `to` that are shown and are not among these. */
function shownBetween(
  timeline: Timeline,
  after: number,
  to: number,
  messages: readonly MessageBody[],
): readonly number[] {
  const there = new Set(messages.map(({ seq }) => seq));
  return timeline.list().flatMap(({ seq }) => (seq > after && seq <= to && !there.has(seq) ? [seq] : []));
}
