import { changedPush } from '../messages/announce-changed.ts';
import type { Push } from '../protocol/table.ts';
import { type FanOutDeps, fanOut } from '../push/fan-out.ts';
import type { Connection } from '../stores/connections/connection.ts';
import { isReadable } from '../stores/expiry/expiry.ts';
import type { Lease, Progress, RoomCursorStore, RoomShard } from '../stores/live/room-cursor-store.ts';
import type { WatchStore } from '../stores/live/watch-store.ts';
import type { ExactMessageStore } from '../stores/messages/exact-message-store.ts';
import type { BatchQueue } from '../stores/queue/job-queue.ts';
import type { RoomJob } from '../stores/queue/room-job.ts';
import { type EpochMillis, epochMillis, type Pause } from '../time.ts';
import { packFrames } from './pack-frames.ts';
import { pinnedPush } from './pinned-push.ts';
import { type ReadBatchDeps, readBatch } from './read-batch.ts';
import { behindSeconds, leaseMillis, pauseBetween } from './room-timing.ts';

export type DeliverRoomDeps = FanOutDeps &
  ReadBatchDeps & {
    readonly exactMessages: ExactMessageStore;
    readonly cursors: RoomCursorStore;
    readonly watches: Pick<WatchStore, 'listShard'>;
    readonly jobs: BatchQueue<RoomJob>;
    /** Of the policy in force: sockets of an older one are not pushed to. */
    readonly policyFingerprint: string;
    /** Posts that API Gateway takes a second, of all rooms. */
    readonly callbacksPerSecond: number;
    readonly pause: Pause;
    readonly randomId: () => string;
    /** True once this invocation has to end. */
    readonly isOver: () => boolean;
  };

/** A part, and the parts that its room has. */
export type Part = RoomShard & { readonly shards: number };

/**
 * Tells one part of a room what is new, alone with it, until nothing is. Where it stands is written before it is given back and
 * after the posts: whoever finds that somebody has not given it back says to everybody that they may be behind, and repeats
 * nothing, so that no crash makes a message come twice.
 */
export async function deliverRoom(deps: DeliverRoomDeps, part: Part): Promise<void> {
  const lease = await deps.cursors.take(part, deps.randomId(), deps.now(), leaseEnd(deps));
  if (lease === undefined) return;
  const { id } = lease;
  let at: Progress | undefined = lease.wasLeft ? await tellBehind(deps, part, lease) : lease;
  while (at !== undefined) {
    await waitUntil(deps, at.nextAt);
    const { messages, upTo, more, waitsUntil } = await readBatch(deps, part.conversationId, at.seq);
    const nextAt: EpochMillis =
      messages.length === 0 ? at.nextAt : await tellAll(deps, part, packFrames(messages));
    at = { seq: upTo, nextAt };
    if (waitsUntil !== undefined) await askLater(deps, part, waitsUntil);
    if (deps.isOver()) {
      const outcome = await deps.cursors.giveBack(part, id, at, 'whoever asks');
      // Whatever has been asked for meanwhile is looked at by the next.
      if (outcome === 'given back') await deps.jobs.add(jobOf(part), 0, part.conversationId);
      return;
    }
    if (!more && (await deps.cursors.giveBack(part, id, at)) !== 'again') return;
    if (!(await deps.cursors.goOn(part, id, at, leaseEnd(deps)))) return;
  }
}

/** To the end of what is settled, which nobody is told of any more. Undefined once it is somebody else's. */
async function tellBehind(
  deps: DeliverRoomDeps,
  part: Part,
  { id, seq, nextAt }: Lease,
): Promise<Progress | undefined> {
  const { conversationId } = part;
  let { upTo, more } = await readBatch(deps, conversationId, seq);
  while (more) {
    if (!(await deps.cursors.goOn(part, id, { seq, nextAt }, leaseEnd(deps)))) return undefined;
    ({ upTo, more } = await readBatch(deps, conversationId, upTo));
  }
  const told = {
    seq: upTo,
    nextAt: await tellAll(deps, part, [{ type: 'behind', conversationId, lastSeq: upTo }]),
  };
  return (await deps.cursors.goOn(part, id, told, leaseEnd(deps))) ? told : undefined;
}

/** Resolves to when the next may follow. */
async function tellAll(
  deps: DeliverRoomDeps,
  part: Part,
  frames: readonly Push<'messages' | 'behind'>[],
): Promise<EpochMillis> {
  const open = await watchersOf(deps, part);
  let reached = open;
  const missed: Connection[] = [];
  for (const frame of frames) {
    const failed = new Set(await fanOut(deps, reached, frame));
    missed.push(...failed);
    // In their order or not at all.
    reached = reached.filter((each) => !failed.has(each));
  }
  if (missed.length > 0) {
    const behind = missed.map(({ connectionId }) => connectionId);
    await deps.jobs.add({ ...jobOf(part), behind }, behindSeconds, part.conversationId);
  }
  const pause = pauseBetween(open.length * part.shards, deps.callbacksPerSecond);
  return epochMillis(deps.now() + pause);
}

/** Tells those that were not reached, once. */
export async function deliverBehind(
  deps: DeliverRoomDeps,
  part: Part,
  connectionIds: readonly string[],
): Promise<void> {
  const lastSeq = await deps.cursors.read(part);
  if (lastSeq === undefined) return;
  const missed = new Set(connectionIds);
  const open = (await watchersOf(deps, part)).filter(({ connectionId }) => missed.has(connectionId));
  await fanOut(deps, open, { type: 'behind', conversationId: part.conversationId, lastSeq });
}

/** Takes what was erased off the screens. */
export async function deliverErased(
  deps: DeliverRoomDeps,
  part: Part,
  seqs: readonly number[],
  rev: number | undefined,
): Promise<void> {
  const { conversationId } = part;
  await fanOut(deps, await watchersOf(deps, part), {
    ...{ type: 'erased', conversationId, seqs: [...seqs] },
    ...(rev !== undefined && { rev }),
  });
}

/** Tells how a message is now, which is read anew: of several changes the last one is told. */
export async function deliverChanged(deps: DeliverRoomDeps, part: Part, seq: number): Promise<void> {
  const [found] = await deps.exactMessages.readExactly(part.conversationId, [seq]);
  if (found === undefined || !isReadable(found.header, await deps.retention())) return;
  const push = changedPush(found.message);
  if (push !== undefined) await fanOut(deps, await watchersOf(deps, part), push);
}

/** Whether a message is pinned by now. */
export async function deliverPinned(deps: DeliverRoomDeps, part: Part, seq: number): Promise<void> {
  const [found] = await deps.exactMessages.readExactly(part.conversationId, [seq]);
  if (found === undefined || !isReadable(found.header, await deps.retention())) return;
  await fanOut(deps, await watchersOf(deps, part), pinnedPush(found.message));
}

/** How often a message was given each emoji by now. */
export async function deliverReacted(deps: DeliverRoomDeps, part: Part, seq: number): Promise<void> {
  const { conversationId } = part;
  const { entries } = await deps.log.entries(conversationId, seq - 1, 1, deps.retention);
  const message = entries[0]?.message;
  if (message?.seq !== seq) return;
  const { rev = 0, reactions = [] } = message;
  const push = { type: 'reacted', conversationId, seq, rev, reactions } as const;
  await fanOut(deps, await watchersOf(deps, part), push);
}

async function watchersOf(
  { watches, policyFingerprint }: DeliverRoomDeps,
  { conversationId, shard }: Part,
): Promise<readonly Connection[]> {
  const open = await watches.listShard(conversationId, shard);
  return open.filter(({ consentedPolicy }) => consentedPolicy === policyFingerprint);
}

async function askLater(deps: DeliverRoomDeps, part: Part, at: EpochMillis): Promise<void> {
  const seconds = Math.max(1, Math.ceil((at - deps.now()) / 1_000));
  await deps.jobs.add(jobOf(part), seconds, part.conversationId);
}

async function waitUntil({ now, pause }: DeliverRoomDeps, at: EpochMillis): Promise<void> {
  const millis = at - now();
  if (millis > 0) await pause(millis);
}

function leaseEnd({ now }: DeliverRoomDeps): EpochMillis {
  return epochMillis(now() + leaseMillis);
}

function jobOf({ conversationId, shard, shards }: Part): RoomJob {
  return { conversationId, shards, from: shard, to: shard + 1 };
}
