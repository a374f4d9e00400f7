import type { Limits } from '../configuration/limits.ts';
import { authorizeMember, memberOf } from '../conversations/authorize-member.ts';
import { ownerOf } from '../conversations/roles.ts';
import type { Titles } from '../conversations/titles-for.ts';
import type { Crowd } from '../messages/crowd.ts';
import type { TitleFrame } from '../protocol/conversations/frames.ts';
import type { TitleResult } from '../protocol/conversations/table.ts';
import { ProtocolError } from '../protocol/errors.ts';
import { type Conversation, isSenderOnHold } from '../stores/conversations/conversation.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { mostReplaced, type ReplacedTitleStore } from '../stores/conversations/replaced-title-store.ts';
import { expiryOf, type Placed } from '../stores/expiry/expiry.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { isProfileReadable } from '../stores/profiles/profile.ts';
import type { Title } from '../stores/profiles/title.ts';
import type { TitleStore } from '../stores/profiles/title-store.ts';
import type { TitleChange, TitleChangeStore } from '../stores/title-changes/title-change-store.ts';
import type { EpochMillis } from '../time.ts';
import type { AnnounceTitle } from './announce-title.ts';
import { buildEvent, type PlaceEventDeps, prepareEvent, recordEndOf, tailOf } from './place-event.ts';

export type ChangeTitleDeps = PlaceEventDeps & {
  readonly conversations: Pick<ConversationStore, 'read' | 'readMember'>;
  readonly changes: TitleChangeStore;
  /** Undefined where profiles are not stored: there no title is kept. */
  readonly titles:
    | (Pick<Titles, 'retentionSeconds' | 'retention'> & { readonly store: Pick<TitleStore, 'read'> })
    | undefined;
  readonly replaced: Pick<ReplacedTitleStore, 'listReplaced'>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly limits: Pick<Limits, 'titleBytes'>;
  readonly crowd: Crowd;
  readonly announce: AnnounceTitle;
};

/** Each lost race means that somebody else wrote there, or changed it. */
const attempts = 20;

/**
 * Has a group called otherwise: an event at the next number, the title and the record of the act in one transaction, so that of
 * several titles that of the last event stands. The event does not say how: a title ends by its own clock. What is so already changes
 * nothing, and a repeat is answered with how things are. Whoever acts for the operator need not be in it.
 */
export async function changeTitle(
  deps: ChangeTitleDeps,
  userId: string,
  frame: Pick<TitleFrame, 'id' | 'conversationId' | 'title'>,
  asOperator = false,
): Promise<TitleResult> {
  const { conversationId, title } = frame;
  if (title !== null && Buffer.byteLength(title) > deps.limits.titleBytes)
    throw new ProtocolError('TOO_LARGE');
  if (!asOperator) await authorizeMember(deps, conversationId, userId);
  const earlier = await deps.changes.find({ conversationId, id: frame.id, from: userId });
  for (let losses = 0; losses < attempts; losses += 1) {
    if (losses > 0) await deps.crowd.backoff(losses);
    const read = await deps.conversations.read(conversationId);
    const conversation = asOperator ? read : memberOf(read, userId).conversation;
    if (conversation === undefined) throw new ProtocolError('NOT_FOUND');
    if (earlier !== undefined) return repeat(deps, userId, conversation, frame, earlier);
    if (!asOperator) authorize(conversation, userId, title);
    checkTitled(conversation);
    const outcome = await tryChange(deps, userId, conversation, frame);
    if (outcome !== 'behind') return outcome;
  }
  throw new ProtocolError('CONFLICT');
}

type Asked = Pick<TitleFrame, 'id' | 'conversationId' | 'title'>;

async function tryChange(
  deps: ChangeTitleDeps,
  userId: string,
  conversation: Conversation,
  asked: Asked,
): Promise<TitleResult | 'behind'> {
  const { id, conversationId, title } = asked;
  const before = await present(deps, conversationId);
  if (before !== undefined && (before.shown?.title ?? null) === title) return { title };
  const tail = await tailOf(deps, conversation);
  const said = { conversationId, id, from: userId, event: { type: 'event', event: 'title' } } as const;
  const event = buildEvent(deps, conversation, said, tail);
  await prepareEvent(deps, conversation, event, tail);
  const change: TitleChange = {
    conversationId,
    seen: conversation.head.revision ?? 0,
    event,
    held: isSenderOnHold(conversation, userId),
    recordEnd: recordEndOf(deps, event),
    kept: before && (await keptOf(deps, asked, userId, event.sentAt, before.row)),
  };
  const outcome = await deps.changes.changeTitle(change);
  if (outcome === 'behind') return 'behind';
  if (outcome === 'repeated') {
    const placed = await deps.changes.find({ conversationId, id, from: userId });
    return repeat(deps, userId, conversation, asked, placed ?? event);
  }
  await deps.announce({ conversation, event, title, by: userId });
  return { title };
}

/** The event is pushed once more, for who did not get it; the title only if it is still this one. */
async function repeat(
  deps: ChangeTitleDeps,
  userId: string,
  conversation: Conversation,
  { id, conversationId, title: asked }: Asked,
  placed: Placed,
): Promise<TitleResult> {
  const before = await present(deps, conversationId);
  const title = before === undefined ? asked : (before.shown?.title ?? null);
  if (title === asked) {
    const content = { type: 'event', event: 'title' } as const;
    const event = { ...placed, conversationId, id, from: userId, content };
    await deps.announce({ conversation, event, title, by: userId });
  }
  return { title };
}

/** Owner and admins give one; its owner takes it away. */
function authorize({ members }: Conversation, userId: string, title: string | null): void {
  const isOwner = ownerOf(members.values()) === userId;
  const mayGive = isOwner || members.get(userId)?.role === 'admin';
  const isAllowed = title === null ? isOwner : mayGive;
  if (!isAllowed) throw new ProtocolError('FORBIDDEN');
}

function checkTitled({ head }: Conversation): void {
  if (head.kind !== 'group' || head.closedAt !== undefined) throw new ProtocolError('FORBIDDEN');
}

type Present = { readonly row: Title | undefined; readonly shown: Title | undefined };

/** What it is called now; undefined where nobody keeps that. */
async function present({ titles }: ChangeTitleDeps, conversationId: string): Promise<Present | undefined> {
  if (titles === undefined) return undefined;
  const [row] = await titles.store.read([conversationId]);
  // Asked, so that all functions know of the retention by which it is stamped.
  const retention = await titles.retention();
  return { row, shown: row !== undefined && isProfileReadable(row, retention) ? row : undefined };
}

async function keptOf(
  deps: ChangeTitleDeps,
  { conversationId, title }: Asked,
  userId: string,
  sentAt: EpochMillis,
  before: Title | undefined,
): Promise<TitleChange['kept']> {
  const { titles } = deps;
  if (titles === undefined) return undefined;
  const users = [userId, ...(before === undefined ? [] : [before.by])];
  // After the title was read: a hold that is placed later is not held before this function has ended.
  const holds = await deps.holds.among({ users, conversations: [conversationId] });
  const isHeld = before !== undefined && isOnHold(holds, before.by, conversationId);
  if (isHeld && (await deps.replaced.listReplaced(conversationId)).length >= mostReplaced)
    throw new ProtocolError('RATE_LIMITED');
  // One version is told from the next by its time.
  const updatedAt = Math.max(sentAt, (before?.updatedAt ?? 0) + 1) as EpochMillis;
  const expiresAt = expiryOf(updatedAt, titles.retentionSeconds);
  return {
    before,
    isHeld,
    now: title === null ? undefined : { conversationId, title, by: userId, updatedAt, expiresAt },
    willBeHeld: isOnHold(holds, userId, conversationId),
  };
}
