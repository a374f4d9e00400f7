import type { RevokeExports } from '../export/revoke-exports.ts';
import { firstSentSince } from '../messages/first-sent-since.ts';
import type { ConversationStore } from '../stores/conversations/conversation-store.ts';
import { isRoomId } from '../stores/conversations/room-id.ts';
import type { ErasedStore } from '../stores/privacy/erasure-by-store.ts';
import type { ErasureRequest } from '../stores/privacy/erasure-request.ts';
import type { ErasureStore } from '../stores/privacy/erasure-store.ts';
import type { HoldStore } from '../stores/privacy/hold-store.ts';
import { isOnHold } from '../stores/privacy/holds.ts';
import { type LateLook, lateLookId } from '../stores/privacy/late-look.ts';
import type { LateLookStore } from '../stores/privacy/late-look-store.ts';
import type { ReceiptStore } from '../stores/privacy/receipt-store.ts';
import type { JobQueue } from '../stores/queue/job-queue.ts';
import { type Clock, type EpochMillis, type EpochSeconds, epochMillis, epochSeconds } from '../time.ts';
import { type ErasableTitles, eraseTitles } from './erase-titles.ts';
import { type EraseWrittenDeps, eraseWritten } from './erase-written.ts';
import type { BatchResult, Eraser } from './eraser.ts';
import { type ForgetRepeatsDeps, forgetMarks, forgetSends } from './forget-repeats.ts';
import { meantUntil, type ReturnedAt } from './returned-at.ts';
import type { Erasers } from './steps.ts';

/**
 * What had begun before the erasure, such as a send that had looked at the membership, may store something after it. No
 * frame runs for as long as this look is put off.
 */
export type Recheck = Pick<LateLook, 'scope' | 'userId' | 'requestId' | 'writtenBy' | 'conversationIds'>;
/** What a queue holds of it. */
export type LateLookJob = { readonly lateLook: string };

export type Rechecks = { add(recheck: Recheck): Promise<void> };

export type RechecksDeps = {
  readonly looks: Pick<LateLookStore, 'save'>;
  readonly jobs: JobQueue<LateLookJob>;
  readonly now: Clock;
  readonly randomId: () => string;
};

/** Twice as long as a repeated send may run, which waits longest. */
export const recheckSeconds = 60;
/** As long as a queue can wait. */
const onHoldSeconds = 900;

/** Noted, then queued: what the queue loses, the schedule finds. */
export function rechecks({ looks, jobs, now, randomId }: RechecksDeps): Rechecks {
  return {
    async add(recheck) {
      const id = lateLookId(recheck);
      const dueAt = lookedAtAgain({ now });
      await looks.save({ ...recheck, id, noteId: randomId(), dueAt, revision: 1 }, undefined);
      await jobs.add({ lateLook: id }, recheckSeconds);
    },
  };
}

const lookedAtAgain = ({ now }: { readonly now: Clock }) => epochMillis(now() + recheckSeconds * 1000);

export type RecheckDeps = ForgetRepeatsDeps & {
  readonly conversations: Pick<ConversationStore, 'forgetNamedBy'>;
  readonly looks: LateLookStore;
  readonly jobs: JobQueue<LateLookJob>;
  readonly holds: Pick<HoldStore, 'among'>;
  readonly revokeExports: RevokeExports;
  readonly requests: Pick<ErasureStore, 'read'>;
  readonly receipts: Pick<ReceiptStore, 'addLateDeletions'>;
  readonly proofSeconds: number;
  /** Undefined where messages are not stored. */
  readonly written: EraseWrittenDeps | undefined;
  /** Undefined where profiles are not stored. */
  readonly titles: ErasableTitles | undefined;
  readonly returnedAt: ReturnedAt;
  readonly erasers: Pick<Erasers, (typeof everything)[number]>;
  readonly now: Clock;
  /** True once this invocation has to end. */
  readonly isOver: () => boolean;
};

/** Where a frame under way may have written, but for messages. */
const everything = [
  'conversations',
  'mediaObjects',
  'sends',
  'profiles',
  'exportFiles',
  'personal',
  'rateLimits',
  'live',
  'connections',
] as const;

/** Goes on where the last delivery came to, a slice at a time: a crash repeats one, and of two deliveries one goes on. */
export async function runRecheck(deps: RecheckDeps, id: string): Promise<void> {
  let look = await deps.looks.read(id);
  while (look !== undefined) {
    const wait = Math.ceil((look.dueAt - deps.now()) / 1000);
    // The queue brought it early, or a hold keeps what is left.
    if (wait > 0) return deps.jobs.add({ lateLook: id }, Math.min(wait, onHoldSeconds));
    if (deps.isOver()) return deps.jobs.add({ lateLook: id });
    const { next, deleted } = await afterSlice(deps, look);
    await noteDeleted(deps, look, deleted);
    const isSaved = next === undefined ? await deps.looks.remove(look) : await deps.looks.save(next, look);
    look = isSaved ? next : undefined;
  }
}

/** What a slice has deleted, and what is left to look at. */
type Slice = { readonly next?: LateLook; readonly deleted?: Partial<Record<ErasedStore, number>> };

/** Before the place: the slice that is repeated after a crash finds nothing of it. */
async function noteDeleted(
  { receipts, proofSeconds, now }: RecheckDeps,
  { userId, requestId }: LateLook,
  deleted: Slice['deleted'] = {},
): Promise<void> {
  const some = Object.entries(deleted).filter(([, count]) => count > 0);
  if (requestId === undefined || some.length === 0) return;
  const expiresAt = (epochSeconds(now()) + proofSeconds) as EpochSeconds;
  await receipts.addLateDeletions(userId, requestId, Object.fromEntries(some), expiresAt);
}

async function afterSlice(deps: RecheckDeps, look: LateLook): Promise<Slice> {
  const next = { ...look, revision: look.revision + 1 };
  if (look.scope === 'everything') return afterStep(deps, next);
  const { conversationIds, after, ...rest } = next;
  const holds = await deps.holds.among({ users: [look.userId], conversations: conversationIds });
  const conversationId = conversationIds.find((id) => !isOnHold(holds, look.userId, id));
  const place = after === undefined ? undefined : (JSON.parse(after) as Place);
  if (conversationId === undefined) return afterSends(deps, next, place?.sends);
  const others = conversationIds.filter((id) => id !== conversationId);
  const begin = await firstToLookAt(deps, look, conversationId);
  const from = place?.conversationId === conversationId ? (place.reached ?? 0) + 1 : begin;
  const meant = { userId: look.userId, writtenBy: await meantBy(deps, look) };
  const range = { ...meant, conversationId, from, to: Number.MAX_SAFE_INTEGER };
  const erased = deps.written && (await eraseWritten(deps.written, range, holds));
  const written = erased && { messages: erased.deleted, mediaObjects: erased.media.deleted };
  if (erased?.last === undefined) {
    const profiles = look.scope === 'account' ? await forgetTitle(deps, meant, conversationId) : 0;
    if (look.scope === 'account') {
      await forgetMarks(deps, meant, conversationId);
      // By a frame that had read that they were a member.
      await deps.conversations.forgetNamedBy(conversationId, look.userId);
    }
    await deps.revokeExports([conversationId]);
    return { next: { ...rest, conversationIds: others }, deleted: { ...written, profiles } };
  }
  const reached: Place = { conversationId, reached: erased.last };
  return {
    next: { ...rest, conversationIds, after: JSON.stringify(reached) },
    ...(written && { deleted: written }),
  };
}

/** Older than what was under way then: in a room, which is as long as many conversations, that was found by its sends. */
const underWayMillis = 120_000;

async function firstToLookAt(
  { written }: RecheckDeps,
  { writtenBy }: LateLook,
  conversationId: string,
): Promise<number> {
  if (written === undefined || !isRoomId(conversationId)) return 1;
  const since = epochMillis(writtenBy - underWayMillis);
  const newest = await written.messages.headers(conversationId, { newestFirst: true, limit: 1 });
  return firstSentSince(written.messages, conversationId, since, newest.headers[0]?.seq ?? 0);
}

/**
 * Of an account also what says a later time than the end of the consent: a frame that was let in before may say when it got so
 * far.
 */
async function meantBy({ returnedAt, now }: RecheckDeps, look: LateLook): Promise<EpochMillis> {
  return look.scope === 'account' ? meantUntil(look, await returnedAt(look), now()) : look.writtenBy;
}

/** An `open` that was under way gives the title last: no membership may lead there by then. */
async function forgetTitle(
  { titles, holds }: RecheckDeps,
  meant: Pick<LateLook, 'userId' | 'writtenBy'>,
  conversationId: string,
): Promise<number> {
  if (titles === undefined) return 0;
  return (await eraseTitles(titles, meant, holds.among, [conversationId])).deleted;
}

/** In a conversation, or afterwards among the user's sends. */
type Place = { readonly conversationId?: string; readonly reached?: number; readonly sends?: string };

/** When all that no hold keeps has been looked at: of an account what tells a repeat from a new send. */
async function afterSends(
  deps: RecheckDeps,
  { after: _before, ...look }: LateLook,
  from: string | undefined,
): Promise<Slice> {
  const sends = look.scope === 'account' ? await forgetSends(deps, look, from) : { deleted: 0 };
  const deleted = { sends: sends.deleted };
  if (sends.next !== undefined)
    return { next: { ...look, after: JSON.stringify({ sends: sends.next }) }, deleted };
  if (look.conversationIds.length === 0) return { deleted };
  return { next: { ...look, dueAt: epochMillis(deps.now() + onHoldSeconds * 1000) }, deleted };
}

/** What is under hold waits for the erasure itself, which goes on when the hold is lifted. */
async function afterStep(deps: RecheckDeps, look: LateLook): Promise<Slice> {
  const { step = 0, after, ...rest } = look;
  const store = everything[step];
  if (store === undefined) return {};
  const open = await deps.requests.read({ userId: look.userId, target: { scope: 'account' } });
  // A pass that is at work finds messages by the memberships that this look would take.
  if (open !== undefined && open.awaitsRelease !== true)
    return { next: { ...look, dueAt: lookedAtAgain(deps) } };
  const run = deps.erasers[store];
  const done = run === undefined ? undefined : await runStep(deps, look, run, open?.heldIn);
  const place = done?.after === undefined ? { step: step + 1 } : { step, after: done.after };
  return { next: { ...rest, ...place }, ...(done && { deleted: { [store]: done.deleted } }) };
}

/** All is meant that was there before they came back, or is by now: also what began before and was written after. */
async function runStep(
  deps: RecheckDeps,
  { userId, requestId, writtenBy, step = 0, after }: LateLook,
  run: Eraser,
  heldIn: ErasureRequest['heldIn'],
): Promise<Pick<BatchResult, 'deleted' | 'after'> | undefined> {
  const now = deps.now();
  const returned = await deps.returnedAt({ userId, writtenBy });
  // Zips have no author and no time: those of somebody who has come back are theirs.
  if (returned !== undefined && everything[step] === 'exportFiles') return undefined;
  const meant = {
    userId,
    target: { scope: 'account' },
    writtenBy: meantUntil({ writtenBy }, returned, now),
    isLate: true,
    ...(requestId !== undefined && { requestId }),
    ...(heldIn !== undefined && { heldIn }),
  } as const;
  return run(meant, deps.holds.among, after);
}
