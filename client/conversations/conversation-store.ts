import type { ConversationSummary, OpenResult } from '../../shared/protocol/conversations/table.ts';
import type { MessageBody } from '../../shared/protocol/messages/table.ts';
import type { MembersChange } from '../wire/server-frame.ts';
import { counted, type IsBlocked, isOver, lastOf, newerLast } from './last-message.ts';
import { afterChange } from './membership.ts';
import { mentionsMe } from './mentions-me.ts';
import { type Timeline, timeline } from './timeline.ts';

/** How far back the history of a conversation that is new to this client counts as news. */
const newsBehind = 100;
/** The server counts no further. */
const mostCounted = 101;

/** Every conversation this client knows, with its timeline. */
export type ConversationStore = {
  /** Takes a list from the server; what is new or has grown in it shows in the timelines' targets. */
  applyList(summaries: readonly ConversationSummary[], early?: readonly MessageBody[]): void;
  addOpened(result: Opened, title: string | undefined, role?: ConversationSummary['role']): void;
  /** Finds the timeline of a conversation that has a message `seq`, or starts one. */
  timelineOf(conversationId: string, seq: number): Timeline;
  find(conversationId: string): Timeline | undefined;
  /** Whether a list has named it. */
  isListed(conversationId: string): boolean;
  countMessage(message: MessageBody, userId: string | undefined): void;
  /** Messages are gone: nothing of them is listed, and they count no more. */
  uncount(messages: readonly Place[], userId: string | undefined): void;
  /** The user has read so far, on this device or another. */
  markRead(conversationId: string, seq: number): void;
  /** The user has muted, pinned or hidden it, on this device or another; 0 and false: no more. */
  arrange(conversationId: string, changes: Arrangement): void;
  /** Who is in it has changed; false where the user is in it no more, or never was here. */
  changeMembers(change: MembersChange, userId: string | undefined): boolean;
  /** What it is called from that event on; false where a newer one is known already. */
  retitle(change: TitleChange): boolean;
  /** It is not the user's any more. */
  remove(conversationId: string): void;
  /** The newest first. */
  summaries(): readonly ConversationSummary[];
  summary(conversationId: string): ConversationSummary | undefined;
  /** When the next of the last messages ends that are listed. */
  nextEnd(): number | undefined;
  timelines(): Iterable<[string, Timeline]>;
  cursors(): Readonly<Record<string, number>>;
  clear(): void;
};

/** `null`: it has no title any more. */
export type TitleChange = {
  readonly conversationId: string;
  readonly seq: number;
  readonly title: string | null;
};

/** What one member sees of a conversation otherwise than the others. */
export type Arrangement = { readonly muted?: number; readonly pinned?: boolean; readonly hidden?: boolean };

type Place = Pick<MessageBody, 'conversationId' | 'seq'>;
export type Opened = Pick<OpenResult, 'conversationId' | 'kind' | 'members' | 'lastSeq'>;

/** The server takes no more; the others are compared by the `lastSeq` of its list. */
const maxCursors = 100;

export function createConversationStore(
  now: () => number,
  resumed: Readonly<Record<string, number>>,
  isBlocked: IsBlocked = () => false,
  /** Whether a list says of each group how it is called. */
  listsTitles: () => boolean = () => false,
): ConversationStore {
  let known = resumed;
  const summaries = new Map<string, ConversationSummary>();
  const timelines = new Map<string, Timeline>();
  /** Of the event by which each got the title that it has. */
  const titledAt = new Map<string, number>();
  /** When something last happened in each, by which they are ordered. */
  const active = new Map<string, number>();
  let listed = false;

  function begin(conversationId: string, start: number): Timeline {
    const begun = timeline(known[conversationId] ?? start, now);
    timelines.set(conversationId, begun);
    return begun;
  }

  function change(conversationId: string, changes: Partial<ConversationSummary>): void {
    const summary = summaries.get(conversationId);
    if (summary !== undefined) summaries.set(conversationId, { ...summary, ...changes });
  }

  function read(conversationId: string, seq: number): void {
    const summary = summaries.get(conversationId);
    if (summary === undefined || seq <= summary.readSeq) return;
    const unread = Math.min(summary.unread, Math.max(0, summary.lastSeq - seq));
    change(conversationId, { readSeq: seq, unread, mentions: Math.min(summary.mentions, unread) });
    if (unread < mostCounted) drop(conversationId, 'unreadMore');
  }

  function drop(conversationId: string, ...names: (keyof ConversationSummary)[]): void {
    const summary = summaries.get(conversationId);
    if (summary === undefined) return;
    const left = Object.entries(summary).filter(([name]) => !names.some((each) => each === name));
    // Only what may be absent is ever named.
    summaries.set(conversationId, Object.fromEntries(left) as ConversationSummary);
  }

  function forget(conversationId: string): void {
    summaries.delete(conversationId);
    timelines.delete(conversationId);
    active.delete(conversationId);
  }

  const noteActive = (conversationId: string, at: number) =>
    active.set(conversationId, Math.max(at, active.get(conversationId) ?? 0));

  /** Those in which nothing can be read any more stand in the list where the server has put them. */
  function orderAs(page: readonly ConversationSummary[]): void {
    let above = page.find(({ lastMessage }) => lastMessage !== undefined)?.lastMessage?.sentAt ?? 0;
    for (const { conversationId, lastMessage } of page) {
      above = Math.min(above, lastMessage?.sentAt ?? above);
      active.set(conversationId, above);
    }
  }

  return {
    applyList(page, early = []) {
      orderAs(page);
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
        const { members } = former ?? {};
        // Nor one of a newer event than it knows.
        const isKnown = !listsTitles() || (titledAt.get(conversationId) ?? 0) > lastSeq;
        const { title: listedTitle, ...rest } = summary;
        const title =
          isKnown && former !== undefined
            ? (former.title ?? (listsTitles() ? undefined : listedTitle))
            : listedTitle;
        // The order of the list is that of those of the same instant.
        summaries.delete(conversationId);
        summaries.set(conversationId, {
          ...(members === undefined ? {} : { members }),
          ...rest,
          ...(title === undefined ? {} : { title }),
          lastSeq: found.latest(),
        });
        // Nor what was read here and could not be told yet.
        if (former !== undefined) read(conversationId, former.readSeq);
        // What has come may be newer than the list.
        const last = lastOf(found.list(), isBlocked);
        if (last === undefined) continue;
        noteActive(conversationId, last.sentAt);
        if (last.seq > (summary.lastMessage?.seq ?? 0)) change(conversationId, { lastMessage: last });
      }
      listed = true;
    },
    addOpened({ conversationId, kind, members, lastSeq }, title, role = 'member') {
      const found = timelines.get(conversationId) ?? begin(conversationId, lastSeq);
      found.noteLatest(lastSeq);
      const former = summaries.get(conversationId);
      const rows = new Map(former?.members?.map((member) => [member.userId, member]));
      summaries.set(conversationId, {
        ...(former ?? { readSeq: 0, unread: 0, mentions: 0, role, joinedSeq: 0 }),
        conversationId,
        kind,
        members: members.map((userId) => rows.get(userId) ?? { userId, role: 'member' }),
        memberCount: members.length,
        lastSeq: found.latest(),
        ...(title === undefined ? {} : { title }),
      });
      // Whoever opens one has something to say there.
      noteActive(conversationId, now());
    },
    timelineOf: (conversationId, seq) =>
      timelines.get(conversationId) ?? begin(conversationId, Math.max(0, seq - 1 - newsBehind)),
    find: (conversationId) => timelines.get(conversationId),
    isListed: (conversationId) => summaries.has(conversationId),
    countMessage(message, userId) {
      const { conversationId, seq, sentAt } = message;
      const summary = summaries.get(conversationId);
      if (summary === undefined) return;
      noteActive(conversationId, sentAt);
      const lastMessage = newerLast(summary.lastMessage, message, isBlocked);
      if (lastMessage !== undefined) change(conversationId, { lastMessage });
      if (seq <= summary.lastSeq) return;
      const counts = counted(message, userId, isBlocked);
      const unread = Math.min(mostCounted, summary.unread + (counts ? 1 : 0));
      const mentioned = counts && mentionsMe(message, userId);
      change(conversationId, { lastSeq: seq, unread, mentions: summary.mentions + (mentioned ? 1 : 0) });
      if (unread === mostCounted) change(conversationId, { unreadMore: true });
    },
    uncount(messages, userId) {
      for (const conversationId of new Set(messages.map((each) => each.conversationId))) {
        const summary = summaries.get(conversationId);
        const found = timelines.get(conversationId);
        if (summary === undefined || found === undefined) continue;
        const left = found.list();
        const gone = messages.some(
          (each) => each.conversationId === conversationId && each.seq === summary.lastMessage?.seq,
        );
        if (gone) {
          drop(conversationId, 'lastMessage');
          const last = lastOf(left, isBlocked);
          if (last !== undefined) change(conversationId, { lastMessage: last });
        }
        if (found.floor() > summary.readSeq) continue;
        const unread = left.filter((each) => each.seq > summary.readSeq && counted(each, userId, isBlocked));
        change(conversationId, {
          unread: Math.min(summary.unread, unread.length),
          mentions: Math.min(summary.mentions, unread.filter((each) => mentionsMe(each, userId)).length),
        });
      }
    },
    markRead: read,
    arrange(conversationId, { muted, pinned, hidden }) {
      if (muted !== undefined) drop(conversationId, 'muted');
      if (pinned !== undefined) drop(conversationId, 'pinned');
      if (hidden !== undefined) drop(conversationId, 'hidden');
      change(conversationId, {
        ...(muted !== undefined && muted > 0 && { muted }),
        ...(pinned === true && { pinned }),
        ...(hidden === true && { hidden }),
      });
    },
    changeMembers(made, userId) {
      const { conversationId, removed, roles } = made;
      const summary = summaries.get(conversationId);
      if (summary === undefined) return false;
      if (userId !== undefined && removed.includes(userId)) {
        forget(conversationId);
        return false;
      }
      const role = roles[userId ?? ''];
      change(conversationId, { ...afterChange(summary, made), ...(role !== undefined && { role }) });
      return true;
    },
    retitle({ conversationId, seq, title }) {
      if (seq < (titledAt.get(conversationId) ?? 0)) return false;
      titledAt.set(conversationId, seq);
      if (title === null) drop(conversationId, 'title');
      else change(conversationId, { title });
      return true;
    },
    remove: forget,
    summary: (conversationId) => summaries.get(conversationId),
    summaries: () =>
      [...summaries.values()]
        .map((summary) => withoutOver(summary, now()))
        .sort((a, b) => (active.get(b.conversationId) ?? 0) - (active.get(a.conversationId) ?? 0)),
    nextEnd() {
      const ends = [...summaries.values()]
        .map(({ lastMessage }) => (lastMessage?.expiresAt ?? Number.NaN) * 1000)
        .filter((end) => end > now());
      return ends.length === 0 ? undefined : Math.min(...ends);
    },
    timelines: () => timelines.entries(),
    cursors: () =>
      Object.fromEntries(
        [...timelines].slice(-maxCursors).map(([conversationId, { synced }]) => [conversationId, synced()]),
      ),
    clear() {
      summaries.clear();
      timelines.clear();
      active.clear();
      titledAt.clear();
      known = {};
      listed = false;
    },
  };
}

/** Whose last message has ended shows none, though nobody has said so yet. */
function withoutOver(summary: ConversationSummary, now: number): ConversationSummary {
  const { lastMessage, ...rest } = summary;
  return lastMessage !== undefined && isOver(lastMessage, now) ? rest : summary;
}
