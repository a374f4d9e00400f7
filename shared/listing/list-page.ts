import type { ConversationStore, Listed } from '../stores/conversations/conversation-store.ts';
import type { RecentStore } from '../stores/personal/recent-store.ts';
import type { EpochMillis } from '../time.ts';
import type { ListPosition } from './list-position.ts';
import { type Found, type ListSourcesDeps, nextStretch, type Stretch } from './list-sources.ts';

export type ListPageDeps = ListSourcesDeps & {
  readonly conversations: Pick<ConversationStore, 'readListed'>;
  readonly recent: Pick<RecentStore, 'among'>;
};

/** A conversation with the position by which a list that ends before it goes on. */
export type PageEntry = { readonly listed: Listed; readonly position: ListPosition };

export type ListPage = {
  readonly entries: readonly PageEntry[];
  /** Those among them that have no mark. */
  readonly unmarked: readonly Listed[];
  /** Undefined: there are no more. */
  readonly next: ListPosition | undefined;
};

/** Among a great many that are over, or are told elsewhere, a page may stay short. */
const mostStretches = 6;

/** So many of a user's marks are read to tell which conversations have none; beyond, each is asked about. */
const mostMarks = 200;

/** When it was last written there, or when it began. */
export const recency = ({ head }: Pick<Listed, 'head'>): number => Math.max(head.lastSentAt, head.createdAt);

/**
 * Of the user's conversations the next ones, the newest first. Whatever happens meanwhile, each that has been there all the time is told
 * at least once: one whose mark moves to the front is found there at the end.
 */
export async function listPage(
  deps: ListPageDeps,
  userId: string,
  from: ListPosition | undefined,
  size: number,
  now: EpochMillis,
): Promise<ListPage> {
  const began = from?.began ?? now;
  const entries: PageEntry[] = [];
  const unmarked: Listed[] = [];
  const told = new Set<string>();
  const marked = knownMarks(deps.recent, userId, from === undefined);
  let position: ListPosition | undefined = from ?? { phase: 'marks', began };
  let isSeenAtOnce = from === undefined;

  for (let round = 0; position !== undefined && entries.length < size && round < mostStretches; round += 1) {
    const room: number = size - entries.length;
    const stretch: Stretch = await nextStretch(deps, userId, position, room, now);
    const { phase, isSorted, nameOf } = stretch;
    if (phase === 'marks') marked.add(stretch.found);
    const meant = phase === 'rest' ? await marked.without(stretch.found) : stretch.found;
    const fresh = meant.filter(({ conversationId }) => !told.has(conversationId));
    const looked = isSorted ? fresh.slice(0, room) : fresh;
    const later = isSorted ? fresh.slice(room).map(({ conversationId }) => nameOf(conversationId)) : [];
    const listed = [...(await lasting(stretch, looked))].sort((one, other) => recency(other) - recency(one));
    const left = [...listed.map(({ head }) => nameOf(head.conversationId)), ...later];
    for (const [index, each] of listed.slice(0, room).entries()) {
      told.add(each.head.conversationId);
      entries.push({ listed: each, position: within(stretch, left.slice(index)) });
      if (phase === 'rest') unmarked.push(each);
    }
    const untold = left.slice(Math.min(listed.length, room));
    position = untold.length > 0 ? within(stretch, untold) : behind(stretch);
  }
  return { entries, unmarked, next: position };

  function within({ phase, after, upTo = '' }: Stretch, left: readonly string[]): ListPosition {
    return { phase, began, ...(after !== undefined && { after }), window: { upTo, left } };
  }

  function behind({ phase, upTo, isLast }: Stretch): ListPosition | undefined {
    if (!isLast) return { phase, began, ...(upTo !== undefined && { after: upTo }) };
    if (phase === 'marks') return { phase: 'rest', began };
    return phase === 'rest' && !isSeenAtOnce ? { phase: 'moved', began } : undefined;
  }

  /** Those that the user is in, but for those that have a later mark: they are told there. */
  async function lasting({ phase }: Stretch, found: readonly Found[]): Promise<readonly Listed[]> {
    // Of one that has several marks here, the latest one, which comes first.
    const days = new Map(
      found.toReversed().map(({ conversationId, day = '' }) => [conversationId, day] as const),
    );
    const read = await Promise.all(
      [...days.keys()].toReversed().map(async (id) => deps.conversations.readListed(id, userId)),
    );
    const listed = read.filter((each) => each !== undefined);
    if (phase === 'moved' || (phase === 'rest' && marked.areWhole())) return listed;
    const doubtful = listed.flatMap(({ head: { conversationId, recentOn = '' } }) =>
      recentOn > (days.get(conversationId) ?? '') ? [{ conversationId, day: recentOn }] : [],
    );
    if (doubtful.length === 0) return listed;
    const there = await deps.recent.among(userId, doubtful);
    // It may have moved since the front was read.
    if (there.length > 0) isSeenAtOnce = false;
    const elsewhere = new Set(there.map(({ conversationId }) => conversationId));
    return listed.filter(({ head }) => !elsewhere.has(head.conversationId));
  }
}

/** Which of the user's conversations have a mark. */
function knownMarks(recent: Pick<RecentStore, 'list'>, userId: string, fromTheStart: boolean) {
  const ids = new Set<string>();
  let areRead = fromTheStart;
  let areWhole = fromTheStart;
  return {
    add(found: readonly Found[]): void {
      for (const { conversationId } of found) ids.add(conversationId);
    },
    areWhole: () => areWhole,
    async without(found: readonly Found[]): Promise<readonly Found[]> {
      if (!areRead && found.length > 0) {
        const { marks, next } = await recent.list(userId, mostMarks);
        for (const { conversationId } of marks) ids.add(conversationId);
        areRead = true;
        areWhole = next === undefined;
      }
      return found.filter(({ conversationId }) => !ids.has(conversationId));
    },
  };
}
