import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { dayOf, type RecentMark, type RecentStore } from '../stores/personal/recent-store.ts';
import type { EpochMillis } from '../time.ts';
import { isNamed, type ListPosition, mostSorted, type Phase, shortNames } from './list-position.ts';

export type ListSourcesDeps = {
  readonly conversations: Pick<ConversationStore, 'listIds'>;
  readonly recent: Pick<RecentStore, 'list' | 'listSince'>;
};

/** One that is to be looked at; of those that have a mark, with its day. */
export type Found = { readonly conversationId: string; readonly day?: string };

/** What one look finds. */
export type Stretch = {
  readonly phase: Phase;
  /** The key before the first of it. */
  readonly after?: string;
  /** The key of the last of it; undefined where there is none. */
  readonly upTo?: string;
  readonly found: readonly Found[];
  /** By which a window tells its conversations apart. */
  readonly nameOf: (conversationId: string) => string;
  /** They stand in the order in which they are told. */
  readonly isSorted: boolean;
  /** Nothing follows in this phase. */
  readonly isLast: boolean;
};

/** Clocks differ, and a mark is set before the conversation has its message. */
const slackMillis = 10_000;

const dayLength = '2026-11-29'.length;
const keyOf = ({ day, conversationId }: RecentMark): string => `${day}${conversationId}`;
const markOf = (key: string | undefined): RecentMark | undefined =>
  key === undefined ? undefined : { day: key.slice(0, dayLength), conversationId: key.slice(dayLength) };

/** The next stretch, of which there is room for so many; of a window that was begun, what is left of it. */
export async function nextStretch(
  deps: ListSourcesDeps,
  userId: string,
  position: ListPosition,
  room: number,
  now: EpochMillis,
): Promise<Stretch> {
  const { phase, after, window } = position;
  const place = { phase, ...(after !== undefined && { after }) };
  const { found, keys, next } = await read(deps, userId, position, room, now);
  if (window === undefined) {
    const upTo = next ?? keys.at(-1);
    return {
      ...{ ...place, found, isSorted: phase !== 'marks', isLast: next === undefined },
      nameOf: shortNames(found.map(({ conversationId }) => conversationId)),
      ...(upTo !== undefined && { upTo }),
    };
  }
  const inside = found.filter((_, index) => isWithin(phase, keys[index] ?? '', window.upTo));
  const left = window.left.flatMap((name) =>
    inside.filter(({ conversationId }) => isNamed(conversationId, name)),
  );
  return {
    ...{ ...place, upTo: window.upTo, found: [...new Set(left)], isSorted: true, isLast: false },
    nameOf: shortNames(inside.map(({ conversationId }) => conversationId)),
  };
}

/** Marks are read from the latest day on, the others in the order of their keys. */
const isWithin = (phase: Phase, key: string, upTo: string): boolean =>
  phase === 'marks' ? key >= upTo : key <= upTo;

type Read = {
  readonly found: readonly Found[];
  readonly keys: readonly string[];
  readonly next: string | undefined;
};

async function read(
  deps: ListSourcesDeps,
  userId: string,
  { phase, began, after, window }: ListPosition,
  room: number,
  now: EpochMillis,
): Promise<Read> {
  if (phase === 'rest') {
    const { ids, next } = await deps.conversations.listIds(userId, mostSorted, after);
    return { found: ids.map((conversationId) => ({ conversationId })), keys: ids, next };
  }
  const place = markOf(after);
  const since = (began - slackMillis) as EpochMillis;
  const { marks, next } =
    phase === 'moved'
      ? await deps.recent.listSince(userId, since, mostSorted, place)
      : window === undefined
        ? await freshMarks(deps, userId, room, dayOf(now), place)
        : await deps.recent.list(userId, mostSorted, place);
  return { found: marks, keys: marks.map(keyOf), next: next && keyOf(next) };
}

/** Of today as many as are sorted at once, however many there is room for: the newest come first. Of earlier days as many as fit. */
async function freshMarks(
  { recent }: Pick<ListSourcesDeps, 'recent'>,
  userId: string,
  room: number,
  today: string,
  after: RecentMark | undefined,
): Promise<{ readonly marks: readonly RecentMark[]; readonly next: RecentMark | undefined }> {
  const isOfToday = ({ day }: RecentMark) => day >= today;
  let { marks, next } = await recent.list(userId, room + 1, after);
  if (next !== undefined && marks.every(isOfToday)) {
    const more = await recent.list(userId, mostSorted - marks.length, next);
    marks = [...marks, ...more.marks];
    next = more.next;
  }
  const ofToday = marks.filter(isOfToday);
  const taken = ofToday.length > 0 ? ofToday : marks.slice(0, room);
  return { marks: taken, next: taken.length < marks.length ? taken.at(-1) : next };
}
