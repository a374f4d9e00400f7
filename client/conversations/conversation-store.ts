import type { ConversationSummary, OpenResult } from '../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import { type Timeline, timeline } from './timeline.ts';

/** How far back the history of a conversation that is new to this client counts as news. */
const newsBehind = 100;

/** Every conversation this client knows, with its timeline. */
export type ConversationStore = {
  /** Takes a list from the server; what is new or has grown in it shows in the timelines' targets. */
  applyList(summaries: readonly ConversationSummary[], early?: readonly MessageBody[]): void;
  addOpened(result: OpenResult, title: string | undefined): void;
  /** Finds the timeline of a conversation that has a message `seq`, or starts one. */
  timelineOf(conversationId: string, seq: number): Timeline;
  find(conversationId: string): Timeline | undefined;
  /** Whether a list has named it. */
  isListed(conversationId: string): boolean;
  countMessage(message: MessageBody, userId: string | undefined): void;
  /** The user has read so far, on this device or another. */
  markRead(conversationId: string, seq: number): void;
  summaries(): readonly ConversationSummary[];
  timelines(): Iterable<[string, Timeline]>;
  cursors(): Readonly<Record<string, number>>;
  clear(): void;
};

/** The server takes no more; the others are compared by the `lastSeq` of its list. */
const maxCursors = 100;

export function createConversationStore(
  now: () => number,
  resumed: Readonly<Record<string, number>>,
): ConversationStore {
  let known = resumed;
  const summaries = new Map<string, ConversationSummary>();
  const timelines = new Map<string, Timeline>();
  let listed = false;

  function begin(conversationId: string, start: number): Timeline {
    const begun = timeline(known[conversationId] ?? start, now);
    timelines.set(conversationId, begun);
    return begun;
  }

  function read(conversationId: string, seq: number): void {
    const summary = summaries.get(conversationId);
    if (summary === undefined || seq <= summary.readSeq) return;
    const unread = Math.min(summary.unread, Math.max(0, summary.lastSeq - seq));
    summaries.set(conversationId, { ...summary, readSeq: seq, unread });
  }

  return {
    applyList(page, early = []) {
      for (const summary of page) {
        const { conversationId, lastSeq } = summary;
        // What was pushed before the first list is news, though the list already counts it.
        const pushed = early
          .filter((message) => message.conversationId === conversationId)
          .map(({ seq }) => seq - 1);
        const start = listed ? Math.max(0, lastSeq - newsBehind) : Math.min(lastSeq, ...pushed);
        const found = timelines.get(conversationId) ?? begin(conversationId, start);
        found.noteLatest(lastSeq);
        const former = summaries.get(conversationId);
        // A list does not name the members of a large group, nor a title that is not kept; who was told of them knows them.
        const { members, title } = former ?? {};
        summaries.set(conversationId, {
          ...(members === undefined ? {} : { members }),
          ...(title === undefined ? {} : { title }),
          ...summary,
          lastSeq: found.latest(),
        });
        // Nor what was read here and could not be told yet.
        if (former !== undefined) read(conversationId, former.readSeq);
      }
      listed = true;
    },
    addOpened({ conversationId, kind, members, lastSeq }, title) {
      const found = timelines.get(conversationId) ?? begin(conversationId, lastSeq);
      found.noteLatest(lastSeq);
      const former = summaries.get(conversationId);
      const rows = new Map(former?.members?.map((member) => [member.userId, member]));
      summaries.set(conversationId, {
        ...(former ?? { readSeq: 0, unread: 0, mentions: 0, role: 'member', joinedSeq: 0 }),
        conversationId,
        kind,
        members: members.map((userId) => rows.get(userId) ?? { userId, role: 'member' }),
        memberCount: members.length,
        lastSeq: found.latest(),
        ...(title === undefined ? {} : { title }),
      });
    },
    timelineOf: (conversationId, seq) =>
      timelines.get(conversationId) ?? begin(conversationId, Math.max(0, seq - 1 - newsBehind)),
    find: (conversationId) => timelines.get(conversationId),
    isListed: (conversationId) => summaries.has(conversationId),
    countMessage({ conversationId, seq, from }, userId) {
      const summary = summaries.get(conversationId);
      if (summary === undefined || seq <= summary.lastSeq) return;
      const unread = summary.unread + (from === userId ? 0 : 1);
      summaries.set(conversationId, { ...summary, lastSeq: seq, unread });
    },
    markRead: read,
    summaries: () => [...summaries.values()],
    timelines: () => timelines.entries(),
    cursors: () =>
      Object.fromEntries(
        [...timelines].slice(-maxCursors).map(([conversationId, { synced }]) => [conversationId, synced()]),
      ),
    clear() {
      summaries.clear();
      timelines.clear();
      known = {};
      listed = false;
    },
  };
}
