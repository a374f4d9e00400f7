import { type ListPageDeps, listPage, recency } from '../listing/list-page.ts';
import { cursorOf, positionOf } from '../listing/list-position.ts';
import { markRecent } from '../listing/note-recent.ts';
import type { ConversationSummary, ConversationsResult } from '../protocol/conversations/table.ts';
import type { Cursors } from '../protocol/session/frames.ts';
import { liveGroupsIn } from '../push/stay-live.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import type { ConversationStore, Listed } from '../stores/conversations/conversation-store.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import { type AskRetention, type RetentionAt, retentionSecondsAt } from '../stores/expiry/retention.ts';
import type { LiveGroup } from '../stores/live/live-shard.ts';
import type { ListedMessageStore } from '../stores/messages/listed-message-store.ts';
import type { BlockStore } from '../stores/personal/block-store.ts';
import type { RecentStore } from '../stores/personal/recent-store.ts';
import { hiddenMarks } from '../stores/personal/settings.ts';
import type { SettingsStore } from '../stores/personal/settings-store.ts';
import type { Clock, EpochMillis } from '../time.ts';
import { countUnread, mostCounted, type Unread } from './count-unread.ts';
import { earlierTitles } from './earlier-titles.ts';
import { newestMessages } from './newest-message.ts';
import { shownReadSeq } from './shown-read-seq.ts';
import { type Titles, titlesFor } from './titles-for.ts';

export type ListConversationsDeps = ListPageDeps & {
  readonly conversations: Pick<ConversationStore, 'keepMember' | 'stripTitle'>;
  readonly recent: Pick<RecentStore, 'mark'>;
  readonly blocks: Pick<BlockStore, 'list'>;
  /** Whether the user hides what they read, and so does not learn it of others. */
  readonly settings: Pick<SettingsStore, 'read'>;
  /** Sees to it that these find the user, where they look by group. */
  readonly stayLive: (groups: readonly LiveGroup[]) => Promise<void>;
  /** Undefined where profiles are not stored. */
  readonly titles: Titles | undefined;
  /** Undefined where they are not stored. */
  readonly messages: ListedMessageStore | undefined;
  readonly pageSize: number;
  readonly retention: AskRetention;
  readonly now: Clock;
};

/** The reply is one frame of at most 32 KB, in which `hello` says more than this. */
const resultBytes = 28_000;

/** As many as somebody may block. */
const mostBlocked = 1_000;

/** What one `hello` looks up beyond its page: half a read unit each. */
const mostElsewhere = 100;

/**
 * A page of the user's conversations, which ends early where a frame is full, and beyond it, as far as there is room,
 * those of `cursors` in which something has happened since. Whatever does not fit is on the pages that follow.
 */
export async function listConversations(
  deps: ListConversationsDeps,
  userId: string,
  { cursor, cursors = {} }: { cursor?: string; cursors?: Cursors },
): Promise<ConversationsResult> {
  const at = deps.now();
  const from = cursor === undefined ? undefined : positionOf(cursor, at);
  const [{ entries, unmarked, next }, { blocked }] = await Promise.all([
    listPage(deps, userId, from, deps.pageSize, at),
    deps.blocks.list(userId, mostBlocked),
  ]);
  const page = entries.map(({ listed }) => listed);
  const elsewhere = await listElsewhere(deps, userId, page, cursors);
  const all = [...page, ...elsewhere];
  const heads = all.map(({ head }) => head);
  const [summaries] = await Promise.all([
    summarize(deps, userId, all, new Set(blocked)),
    deps.stayLive(liveGroupsIn(heads)),
    come(deps, userId, all),
    markUnmarked(deps, userId, unmarked),
  ]);
  const conversations = fitting(summaries);
  const end = entries[conversations.length]?.position ?? next;
  return { conversations, ...(end !== undefined && { next: cursorOf(end) }) };
}

/** Those in which something has happened that the client does not know of. */
async function listElsewhere(
  { conversations }: ListConversationsDeps,
  userId: string,
  page: readonly Listed[],
  cursors: Cursors,
): Promise<readonly Listed[]> {
  const onPage = new Set(page.map(({ head }) => head.conversationId));
  const ids = Object.keys(cursors)
    .filter((id) => !onPage.has(id))
    .slice(0, mostElsewhere);
  const read = await Promise.all(ids.map(async (id) => conversations.readListed(id, userId)));
  return read
    .filter((each) => each !== undefined)
    .filter(({ head }) => isNews(head, cursors[head.conversationId]));
}

function isNews({ lastSeq, lastRev = 0 }: Listed['head'], cursor: Cursors[string] = 0): boolean {
  return typeof cursor === 'number' ? lastSeq > cursor : lastSeq > cursor.seq || lastRev > cursor.rev;
}

/** To those conversations in which something has been written the user has come with this. */
async function come(
  { conversations }: ListConversationsDeps,
  userId: string,
  listed: readonly Listed[],
): Promise<void> {
  const awaited = listed.filter(({ head, member }) => head.lastSeq > 0 && member.expiresAt !== undefined);
  await Promise.all(
    awaited.map(async ({ head: { conversationId } }) => conversations.keepMember(conversationId, userId)),
  );
}

/** Written in before there were marks, or left without one by a crash: the next list has it where it belongs. */
async function markUnmarked(
  { recent, retention: ask, now }: ListConversationsDeps,
  userId: string,
  unmarked: readonly Listed[],
): Promise<void> {
  if (unmarked.length === 0) return;
  const retentionSeconds = retentionSecondsAt(await ask(), now());
  const lately = unmarked.filter((each) => recency(each) > now() - retentionSeconds * 1000);
  await Promise.all(
    lately.map(async (each) =>
      markRecent(
        { recent, retentionSeconds },
        [userId],
        each.head.conversationId,
        recency(each) as EpochMillis,
      ),
    ),
  );
}

async function summarize(
  deps: ListConversationsDeps,
  userId: string,
  listed: readonly Listed[],
  blocked: ReadonlySet<string>,
): Promise<readonly ConversationSummary[]> {
  const heads = listed.map(({ head }) => head);
  const titled = heads.filter((head) => head.titled !== false).map(({ conversationId }) => conversationId);
  const [given, earlier, told, chosen] = await Promise.all([
    titlesFor(deps.titles, userId, titled),
    earlierTitles(deps, heads),
    tell(deps, listed, blocked),
    deps.settings.read(userId),
  ]);
  const viewer = { userId, hides: hiddenMarks(chosen ?? {}) };
  const titles = new Map([...earlier, ...given]);
  const now = deps.now();
  return listed.map((each) => {
    const { head, member, members, memberCount } = each;
    const { conversationId, kind, pair, lastSeq, lastRev } = head;
    const title = titles.get(conversationId);
    const named = pair ?? (members && [...members.keys()]);
    const { unread, mentions, lastMessage } = told.get(conversationId) ?? nothing;
    return {
      conversationId,
      kind,
      ...(title !== undefined && { title }),
      ...(named !== undefined && {
        members: named.map((id) => {
          const row = members?.get(id);
          const readSeq = row && shownReadSeq(row, viewer);
          return {
            userId: id,
            role: row?.role ?? 'member',
            ...(readSeq !== undefined && { readSeq }),
          };
        }),
      }),
      memberCount: pair?.length ?? memberCount,
      lastSeq,
      ...(lastRev !== undefined && { lastRev }),
      ...(lastMessage !== undefined && { lastMessage }),
      readSeq: member.readSeq,
      unread,
      ...(unread > mostCounted && { unreadMore: true as const }),
      mentions,
      ...(member.mutedUntil !== undefined && member.mutedUntil > now && { muted: member.mutedUntil }),
      ...(member.pinned === true && { pinned: true as const }),
      ...(member.hidden === true && { hidden: true as const }),
      role: member.role ?? 'member',
      joinedSeq: member.joinedSeq ?? 0,
    };
  });
}

type Told = Unread & Pick<ConversationSummary, 'lastMessage'>;
const nothing: Told = { unread: 0, mentions: 0 };

/** What there is to read. Nobody asks for messages where there can be none. */
async function tell(
  { messages, retention }: ListConversationsDeps,
  listed: readonly Listed[],
  blocked: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Told>> {
  const ruling = await retention();
  const alive = listed.filter(({ head }) => head.lastSeq > 0 && !isAllOver(ruling, head));
  if (messages === undefined) return new Map(alive.map((each) => [each.head.conversationId, behind(each)]));
  const deps = { messages, retention, blocked };
  const counted = await Promise.all(
    alive.map(async (each) => ({
      ...each,
      ...(each.head.lastSeq > each.member.readSeq ? await countUnread(deps, each) : nothing),
    })),
  );
  const newest = await newestMessages(deps, counted);
  return new Map(
    counted.map(({ head: { conversationId }, unread, mentions }) => {
      const lastMessage = newest.get(conversationId);
      return [conversationId, { unread, mentions, ...(lastMessage !== undefined && { lastMessage }) }];
    }),
  );
}

/** Where messages are not stored nobody can look which of them were one's own. */
function behind({ head, member }: Listed): Told {
  return { unread: Math.min(mostCounted + 1, Math.max(0, head.lastSeq - member.readSeq)), mentions: 0 };
}

function fitting(summaries: readonly ConversationSummary[]): readonly ConversationSummary[] {
  let bytes = 0;
  const first = summaries.findIndex((each) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes > resultBytes;
  });
  return first === -1 ? summaries : summaries.slice(0, first);
}

/** Whether the newest message has ended, and with it every other: nothing is left that could be read. */
function isAllOver(retention: RetentionAt, head: Head): boolean {
  const { lastSentAt, lastExpiresAt, mixedUntil = 0 } = head;
  if (lastExpiresAt === undefined) return false;
  const newest = { sentAt: lastSentAt as EpochMillis, expiresAt: lastExpiresAt };
  return retention.now >= Math.max(effectiveExpiry(newest, retention), mixedUntil) * 1000;
}
