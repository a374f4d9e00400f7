import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import type { ReplacedTitleStore } from '../stores/conversations/replaced-title-store.ts';
import type { LiveStore } from '../stores/live/live-store.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';
import type { HoldMedia } from '../stores/media/hold-media.ts';
import type { RemoveMedia } from '../stores/media/remove-media.ts';
import { authorsOf, type MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { RecalledStore } from '../stores/messages/recalled-store.ts';
import type { VersionStore } from '../stores/messages/version-store.ts';
import type { Backfill, Hold } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { type Holds, type HoldTarget, isOnHold } from '../stores/privacy/holds.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { mayHaveTitle } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { OwnReactionPage, OwnReactionStore } from '../stores/reactions/own-reaction-store.ts';
import type { OwnReactions } from '../stores/reactions/own-reactions.ts';
import { type Clock, type EpochMillis, epochSeconds } from '../time.ts';

export type BackfillDeps = {
  readonly holds: Pick<HoldStore, 'among'>;
  readonly conversations: Pick<
    ConversationStore,
    | 'listIds'
    | 'listMemberIds'
    | 'holdConversation'
    | 'releaseConversation'
    | 'setMemberHeld'
    | 'setMemberEndHeld'
  >;
  readonly now: Clock;
  /** Who watches a room writes there by what these rows say. */
  readonly live: Pick<LiveStore, 'notesOf'>;
  readonly watches: Pick<WatchStore, 'setHeld'>;
  /** Absent where messages are not stored. */
  readonly messages: (Pick<MessageStore, 'headers' | 'setHeld'> & VersionStore & RecalledStore) | undefined;
  /** Absent where messages are not stored: nobody reacts to any. */
  readonly reactions: OwnReactionStore | undefined;
  /** Absent where messages are not stored: then there is no media. */
  readonly media: { readonly hold: HoldMedia; readonly remove: RemoveMedia } | undefined;
  /** Absent where profiles are not stored. */
  readonly profiles: Pick<ProfileStore, 'setHeld'> | undefined;
  /** Absent where profiles are not stored. */
  readonly titles: (Pick<TitleStore, 'read' | 'setHeld'> & ReplacedTitleStore) | undefined;
};

export type BackfillBatch = {
  readonly moved: number;
  /** Where to go on; absent at the end of the pass. */
  readonly next?: Pick<Backfill, 'conversationId' | 'seq'>;
};

const atOnce = 20;

/**
 * The profile, and then of each conversation its title and a page of messages at a time: each is brought into accord with all the holds in force, so that
 * a release takes nothing from another hold, and a batch that is done twice does nothing the second time.
 */
export async function backfillBatch(
  deps: BackfillDeps,
  hold: Hold,
  { pass, conversationId, seq }: Pick<Backfill, 'pass' | 'conversationId' | 'seq'>,
): Promise<BackfillBatch> {
  if (conversationId === undefined) {
    await markWatches(deps, hold.target);
    await backfillGiven(deps, hold.target);
  }
  const first = conversationId === undefined ? await backfillProfile(deps, hold.target) : 0;
  const current =
    seq === undefined ? await nextConversation(deps, hold.target, conversationId) : conversationId;
  if (current === undefined || (deps.messages === undefined && deps.titles === undefined))
    return { moved: first };
  const before = first + (seq === undefined ? await backfillTitle(deps, current) : 0);
  if (deps.messages === undefined) return { moved: before, next: { conversationId: current } };
  if (seq === undefined) await markConversation(deps, hold, current);
  const { headers, more } = await deps.messages.headers(current, { after: seq ?? 0 });
  const holds = await deps.holds.among({ users: authorsOf(headers), conversations: [current] });
  await releaseVersions(
    { messages: deps.messages, media: deps.media },
    headers.filter((each) => each.hasVersions === true && !isOnHold(holds, each.from, current)),
  );
  await backfillReactions(deps, hold.target, headers);
  const mismatched = headers.filter(({ from, held }) => held !== isOnHold(holds, from, current));
  const moved = before + (await backfillMessages(deps.messages, deps.media, mismatched, deps.now()));
  if (pass === 2)
    await untagAgain(
      deps.media,
      headers.filter(({ from, held }) => held && isOnHold(holds, from, current)),
    );
  const last = headers.at(-1);
  return { moved, next: { conversationId: current, ...(more && last !== undefined && { seq: last.seq }) } };
}

/** What messages said before only a hold has kept; of what was taken back nothing is left then, its media neither. */
async function releaseVersions(
  {
    messages,
    media,
  }: { readonly messages: VersionStore & RecalledStore; readonly media: BackfillDeps['media'] },
  headers: readonly MessageHeader[],
): Promise<void> {
  for (let from = 0; from < headers.length; from += atOnce)
    await Promise.all(
      headers.slice(from, from + atOnce).map(async ({ conversationId, seq, mediaId, recalledAt }) => {
        await messages.removeVersions({ conversationId, seq });
        const isLost = recalledAt !== undefined && mediaId !== undefined;
        if (isLost) await media?.remove({ conversationId, mediaId });
        await messages.forgetVersions({ conversationId, seq }, isLost);
      }),
    );
}

const mostNotes = 1_000;

async function markWatches({ holds, live, watches }: BackfillDeps, target: HoldTarget): Promise<void> {
  if (target.kind !== 'user') return;
  const { userId } = target;
  const held = isOnHold(await holds.among({ users: [userId] }), userId);
  const noted = await live.notesOf(userId, mostNotes);
  await Promise.all(noted.watches.map(async (watch) => watches.setHeld(watch, held)));
}

async function backfillProfile(deps: BackfillDeps, target: HoldTarget): Promise<number> {
  if (target.kind !== 'user' || deps.profiles === undefined) return 0;
  const { userId } = target;
  const holds = await deps.holds.among({ users: [userId] });
  return (await deps.profiles.setHeld(userId, isOnHold(holds, userId), deps.now())) ? 1 : 0;
}

/** All that the user has given, wherever that is: the messages are those of others, and may be gone when the hold is lifted. */
async function backfillGiven(
  { holds: store, reactions, now }: BackfillDeps,
  target: HoldTarget,
): Promise<void> {
  if (reactions === undefined || target.kind !== 'user') return;
  const { userId } = target;
  for (let page = await reactions.listAll(userId); ; page = await reactions.listAll(userId, page.next)) {
    const conversations = [...new Set(page.rows.map(({ conversationId }) => conversationId))];
    const holds = await store.among({ users: [userId], conversations });
    await setHeld({ reactions, now }, userId, page.rows, holds);
    if (page.next === undefined) return;
  }
}

/**
 * Of a conversation on hold what its members have given to a page of messages, before these follow the hold themselves. A room has no
 * members: there the counts are kept, and who gave what only of users on hold.
 */
async function backfillReactions(
  { holds: store, conversations, reactions, now }: BackfillDeps,
  target: HoldTarget,
  headers: readonly MessageHeader[],
): Promise<void> {
  const reacted = headers.filter((header) => header.reacted);
  const [from, to] = [reacted[0]?.seq, reacted.at(-1)?.seq];
  if (reactions === undefined || target.kind === 'user' || from === undefined || to === undefined) return;
  const { conversationId } = target;
  const users = await conversations.listMemberIds(target.conversationId);
  const holds = await store.among({ users, conversations: [conversationId] });
  for (let first = 0; first < users.length; first += atOnce)
    await Promise.all(
      users.slice(first, first + atOnce).map(async (userId) => {
        for (let place: number | undefined = from; place !== undefined; ) {
          const { rows, next }: OwnReactionPage = await reactions.list(userId, conversationId, {
            from: place,
            to,
          });
          await setHeld({ reactions, now }, userId, rows, holds);
          place = next === undefined ? undefined : next + 1;
        }
      }),
    );
}

type SetHeldDeps = { readonly reactions: Pick<OwnReactionStore, 'setHeld'>; readonly now: Clock };

async function setHeld(
  { reactions, now }: SetHeldDeps,
  userId: string,
  rows: readonly OwnReactions[],
  holds: Holds,
): Promise<void> {
  const held = (row: OwnReactions) => isOnHold(holds, userId, row.conversationId);
  const wrong = rows.filter((row) => row.held !== held(row));
  for (let first = 0; first < wrong.length; first += atOnce)
    await Promise.all(
      wrong
        .slice(first, first + atOnce)
        .map(async (row) => reactions.setHeld(userId, row, held(row), epochSeconds(now()))),
    );
}

/** It is its author's, and in the conversation. */
async function backfillTitle(
  { titles, holds: store, now }: BackfillDeps,
  conversationId: string,
): Promise<number> {
  if (titles === undefined) return 0;
  const earlier = await releaseReplaced(titles, store, conversationId);
  const [title] = await titles.read([conversationId]);
  if (title === undefined) return earlier;
  const holds = await store.among({ users: [title.by], conversations: [conversationId] });
  const held = isOnHold(holds, title.by, conversationId);
  return earlier + ((await titles.setHeld(conversationId, held, now())) ? 1 : 0);
}

/** Only a hold has kept what it was called before: without one it goes at once. */
async function releaseReplaced(
  titles: ReplacedTitleStore,
  store: BackfillDeps['holds'],
  conversationId: string,
): Promise<number> {
  if (!mayHaveTitle(conversationId)) return 0;
  const all = await titles.listReplaced(conversationId);
  let released = 0;
  for (let from = 0; from < all.length; from += atOnce) {
    const group = all.slice(from, from + atOnce);
    const users = [...new Set(group.map(({ by }) => by))];
    const holds = await store.among({ users, conversations: [conversationId] });
    const going = group.filter(({ by }) => !isOnHold(holds, by, conversationId));
    await Promise.all(going.map(titles.removeReplaced));
    released += going.length;
  }
  return released;
}

async function nextConversation(
  { conversations }: BackfillDeps,
  target: HoldTarget,
  after: string | undefined,
): Promise<string | undefined> {
  if (target.kind === 'user') return (await conversations.listIds(target.userId, 1, after)).ids[0];
  return after === undefined ? target.conversationId : undefined;
}

/** Before the messages: what is sent from now on is stored as it is to be. */
async function markConversation(
  { conversations, holds: store, now }: BackfillDeps,
  { target, state, since }: Hold,
  conversationId: string,
): Promise<void> {
  const userIds =
    target.kind === 'user' ? [target.userId] : await conversations.listMemberIds(conversationId);
  const holds = await store.among({ users: userIds, conversations: [conversationId] });
  if (target.kind === 'user')
    await conversations.setMemberHeld(conversationId, target.userId, holds.users.has(target.userId));
  if (holds.conversations.has(conversationId)) await conversations.holdConversation(conversationId);
  else if (state === 'releasing')
    await conversations.releaseConversation(conversationId, epochSeconds(since));
  await markEnds({ conversations, now }, userIds, holds, conversationId);
}

/** Who has not come to it has a row that ends, which is kept meanwhile: of a conversation all of them. */
async function markEnds(
  { conversations, now }: Pick<BackfillDeps, 'conversations' | 'now'>,
  userIds: readonly string[],
  holds: Holds,
  conversationId: string,
): Promise<void> {
  await Promise.all(
    userIds.map(async (userId) =>
      conversations.setMemberEndHeld(
        conversationId,
        userId,
        isOnHold(holds, userId, conversationId),
        epochSeconds(now()),
      ),
    ),
  );
}

/** Whoever looked at an upload before the hold was placed may have tagged it behind the first pass; by now they are over. */
async function untagAgain(media: BackfillDeps['media'], held: readonly MessageHeader[]): Promise<void> {
  const keys = held.flatMap(({ conversationId, mediaId }) =>
    mediaId === undefined ? [] : [{ conversationId, mediaId }],
  );
  for (let from = 0; from < keys.length; from += atOnce)
    await Promise.all(keys.slice(from, from + atOnce).map(async (key) => media?.hold(key, true)));
}

type Mismatched = Pick<MessageHeader, 'conversationId' | 'seq' | 'expiresAt' | 'held' | 'mediaId'>;

async function backfillMessages(
  messages: Pick<MessageStore, 'setHeld'>,
  media: BackfillDeps['media'],
  mismatched: readonly Mismatched[],
  at: EpochMillis,
): Promise<number> {
  let moved = 0;
  for (let from = 0; from < mismatched.length; from += atOnce) {
    const group = mismatched.slice(from, from + atOnce);
    // The media first: a batch that is cut short is found again by the message.
    await Promise.all(group.map(backfillMedia));
    const changed = await Promise.all(group.map(async (each) => messages.setHeld(each, !each.held, at)));
    moved += changed.filter(Boolean).length;
  }
  return moved;

  async function backfillMedia({ conversationId, mediaId, held }: Mismatched): Promise<void> {
    if (mediaId === undefined) return;
    await media?.hold({ conversationId, mediaId }, !held);
  }
}
