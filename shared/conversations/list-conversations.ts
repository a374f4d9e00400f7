import type { ConversationSummary, ConversationsResult } from '../protocol/conversations/table.ts';
import { liveGroupsIn } from '../push/stay-live.ts';
import type { Head } from '../stores/conversations/conversation.ts';
import { hasEnded } from '../stores/conversations/conversation-end.ts';
import type { ConversationStore, Membership } from '../stores/conversations/conversation-store.ts';
import { effectiveExpiry } from '../stores/expiry/expiry.ts';
import type { AskRetention, RetentionAt } from '../stores/expiry/retention.ts';
import type { LiveGroup } from '../stores/live/live-shard.ts';
import type { Clock, EpochMillis } from '../time.ts';
import { type CountUnreadDeps, countUnread } from './count-unread.ts';
import { earlierTitles } from './earlier-titles.ts';
import { type Titles, titlesFor } from './titles-for.ts';

export type ListConversationsDeps = {
  readonly conversations: Pick<
    ConversationStore,
    'listIds' | 'readMemberships' | 'keepMember' | 'stripTitle'
  >;
  /** Sees to it that these find the user, where they look by group. */
  readonly stayLive: (groups: readonly LiveGroup[]) => Promise<void>;
  /** Undefined where profiles are not stored. */
  readonly titles: Titles | undefined;
  /** Undefined where they are not stored. */
  readonly messages: CountUnreadDeps['messages'] | undefined;
  readonly pageSize: number;
  readonly retention: AskRetention;
  readonly now: Clock;
};

/** The reply is one frame of at most 32 KB, in which `hello` says more than this. */
const resultBytes = 28_000;

/** What one `hello` looks up beyond its page: four read units. */
const mostElsewhere = 100;

/**
 * A page of the user's conversations, which ends early where a frame is full, and beyond it, as far as there is room,
 * those of `cursors` in which something has happened since. Whatever does not fit is on the pages that follow.
 */
export async function listConversations(
  deps: ListConversationsDeps,
  userId: string,
  { after, cursors = {} }: { after?: string; cursors?: Readonly<Record<string, number>> },
): Promise<ConversationsResult> {
  const { ids, next } = await deps.conversations.listIds(userId, deps.pageSize, after);
  const onPage = new Set(ids);
  const behind = Object.keys(cursors)
    .filter((id) => !onPage.has(id))
    .slice(0, mostElsewhere);
  const asked = [...ids, ...behind];
  const [memberships, given] = await Promise.all([
    readLasting(deps, userId, asked),
    titlesFor(deps.titles, userId, asked),
    deps.retention(),
  ]);
  const heads = memberships.map(({ head }) => head);
  const [earlier] = await Promise.all([earlierTitles(deps, heads), deps.stayLive(liveGroupsIn(heads))]);
  const titles = new Map([...earlier, ...given]);
  const retention = await deps.retention();
  const isAsked = ({ head: { conversationId, lastSeq } }: Membership) =>
    onPage.has(conversationId) || lastSeq > (cursors[conversationId] ?? 0);
  const found = await Promise.all(
    memberships
      .filter(isAsked)
      .map(async (each) => summary(each, titles, await unreadIn(deps, retention, each))),
  );
  const page = found.filter(({ conversationId }) => onPage.has(conversationId));
  const elsewhere = found.filter(({ conversationId }) => !onPage.has(conversationId));
  const conversations = fitting([...page, ...elsewhere]);
  const end = conversations.length < page.length ? conversations.at(-1)?.conversationId : next;
  return { conversations, ...(end !== undefined && { next: end }) };
}

/** Those that have not ended. To those in which something has been written the user has come with this. */
async function readLasting(
  { conversations, now }: ListConversationsDeps,
  userId: string,
  ids: readonly string[],
): Promise<readonly Membership[]> {
  const at = now();
  const found = await conversations.readMemberships(userId, ids);
  const lasting = found.filter(({ head, member }) => !hasEnded(head, at) && !hasEnded(member, at));
  const awaited = lasting.filter(({ head, member }) => head.lastSeq > 0 && member.expiresAt !== undefined);
  await Promise.all(
    awaited.map(async ({ head: { conversationId } }) => conversations.keepMember(conversationId, userId)),
  );
  return lasting;
}

function fitting(summaries: readonly ConversationSummary[]): readonly ConversationSummary[] {
  let bytes = 0;
  const first = summaries.findIndex((each) => {
    bytes += Buffer.byteLength(JSON.stringify(each)) + 1;
    return bytes > resultBytes;
  });
  return first === -1 ? summaries : summaries.slice(0, first);
}

/** Nobody asks for messages where there can be none. */
async function unreadIn(
  { messages, retention: ask }: Pick<ListConversationsDeps, 'messages' | 'retention'>,
  retention: RetentionAt,
  membership: Membership,
): Promise<number> {
  const { head, member } = membership;
  const behind = head.lastSeq - member.readSeq;
  if (behind <= 0 || isAllOver(retention, head)) return 0;
  return messages === undefined ? behind : countUnread({ messages, retention: ask }, membership);
}

function summary(
  { head, member }: Membership,
  titles: ReadonlyMap<string, string>,
  unread: number,
): ConversationSummary {
  const { conversationId, kind, pair, lastSeq } = head;
  const title = titles.get(conversationId);
  return {
    conversationId,
    kind,
    ...(title !== undefined && { title }),
    ...(pair !== undefined && { members: pair.map((userId) => ({ userId, role: 'member' })) }),
    memberCount: pair?.length ?? 0,
    lastSeq,
    readSeq: member.readSeq,
    unread,
    mentions: 0,
    role: 'member',
    joinedSeq: 0,
  };
}

/** Whether the newest message has ended, and with it every other: nothing is left that could be read. */
function isAllOver(retention: RetentionAt, head: Head): boolean {
  const { lastSentAt, lastExpiresAt, mixedUntil = 0 } = head;
  if (lastExpiresAt === undefined) return false;
  const newest = { sentAt: lastSentAt as EpochMillis, expiresAt: lastExpiresAt };
  return retention.now >= Math.max(effectiveExpiry(newest, retention), mixedUntil) * 1000;
}
