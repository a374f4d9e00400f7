import type { HoldMarkStore } from '../stores/conversations/hold-mark-store.ts';
import type { MembershipStore } from '../stores/conversations/membership-store.ts';
import type { MediaObjectStore } from '../stores/media/media-object-store.ts';
import type { MessageHeader } from '../stores/messages/message-header.ts';
import type { MessageStore } from '../stores/messages/message-store.ts';
import type { Hold, Walk } from '../stores/privacy/hold.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { type Holds, type HoldTarget, isHeld } from '../stores/privacy/holds.ts';
import type { ProfileStore } from '../stores/profiles/profile-store.ts';
import { epochSeconds } from '../time.ts';

export type WalkDeps = {
  readonly holds: Pick<HoldStore, 'list'>;
  readonly marks: HoldMarkStore;
  readonly memberships: Pick<MembershipStore, 'page'>;
  /** Absent where messages are not stored. */
  readonly messages: Pick<MessageStore, 'headers' | 'setHeld'> | undefined;
  /** Absent where messages are not stored: then there is no media. */
  readonly media: Pick<MediaObjectStore, 'exempt' | 'readmit'> | undefined;
  /** Absent where profiles are not stored. */
  readonly profiles: Pick<ProfileStore, 'setHeld'> | undefined;
};

export type Slice = {
  readonly moved: number;
  /** Where to go on; absent at the end of the round. */
  readonly next?: Pick<Walk, 'conversationId' | 'seq'>;
};

const atOnce = 20;

/**
 * The profile and then a page of messages at a time: each is brought into accord with all the holds in force, so that
 * a release takes nothing from another hold, and a slice that is done twice does nothing the second time.
 */
export async function walkSlice(
  deps: WalkDeps,
  hold: Hold,
  { conversationId, seq }: Pick<Walk, 'conversationId' | 'seq'>,
): Promise<Slice> {
  const holds = await deps.holds.list();
  const first = conversationId === undefined ? await settleProfile(deps, hold.target, holds) : 0;
  const current =
    seq === undefined ? await nextConversation(deps, hold.target, conversationId) : conversationId;
  if (deps.messages === undefined || current === undefined) return { moved: first };
  if (seq === undefined) await mark(deps, hold, holds, current);
  const { headers, more } = await deps.messages.headers(current, { after: seq ?? 0 });
  const wrong = headers.filter(({ from, held }) => held !== isHeld(holds, from, current));
  const moved = first + (await settleMessages(deps.messages, deps.media, wrong));
  const last = headers.at(-1);
  return { moved, next: { conversationId: current, ...(more && last !== undefined && { seq: last.seq }) } };
}

async function settleProfile(deps: WalkDeps, target: HoldTarget, holds: Holds): Promise<number> {
  if (target.kind !== 'user' || deps.profiles === undefined) return 0;
  const { userId } = target;
  return (await deps.profiles.setHeld(userId, isHeld(holds, userId))) ? 1 : 0;
}

async function nextConversation(
  { memberships }: WalkDeps,
  target: HoldTarget,
  after: string | undefined,
): Promise<string | undefined> {
  if (target.kind === 'user') return (await memberships.page(target.userId, 1, after)).ids[0];
  return after === undefined ? target.conversationId : undefined;
}

/** Before the messages: what is sent from now on is stored as it is to be. */
async function mark({ marks }: WalkDeps, hold: Hold, holds: Holds, conversationId: string): Promise<void> {
  const { target, state, since } = hold;
  if (target.kind === 'user')
    await marks.setMember(conversationId, target.userId, holds.users.has(target.userId));
  if (holds.conversations.has(conversationId)) await marks.holdConversation(conversationId);
  else if (state === 'releasing') await marks.releaseConversation(conversationId, epochSeconds(since));
}

type Wrong = Pick<MessageHeader, 'conversationId' | 'seq' | 'held' | 'mediaId'>;

async function settleMessages(
  messages: Pick<MessageStore, 'setHeld'>,
  media: WalkDeps['media'],
  wrong: readonly Wrong[],
): Promise<number> {
  let moved = 0;
  for (let from = 0; from < wrong.length; from += atOnce) {
    const group = wrong.slice(from, from + atOnce);
    // The media first: a slice that is cut short is found again by the message.
    await Promise.all(group.map(settleMedia));
    const changed = await Promise.all(group.map(async (each) => messages.setHeld(each, !each.held)));
    moved += changed.filter(Boolean).length;
  }
  return moved;

  async function settleMedia({ conversationId, mediaId, held }: Wrong): Promise<void> {
    if (mediaId === undefined) return;
    const key = { conversationId, mediaId };
    await (held ? media?.readmit(key) : media?.exempt(key));
  }
}
